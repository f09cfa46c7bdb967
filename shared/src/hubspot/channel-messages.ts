import { z } from 'zod';
import type { DeliveryReport } from '../contracts/delivery-report.ts';
import {
  type ChannelAccountId,
  type ChannelId,
  type EventId,
  type HandoffId,
  MessageId,
  ThreadId,
} from '../contracts/ids.ts';
import type { HubSpotApi } from './api.ts';
import type { ApiVersion } from './api-version.ts';
import type { CAPABILITIES } from './channels-capabilities.ts';
import { Refusal } from './exchange.ts';
import { isUnknownChannel } from './failure-of.ts';
import type { Urgency } from './urgency.ts';

/** How HubSpot recognises the visitor: by an address it matches to a contact, or by an id that means something to us alone. */
export type VisitorIdentifier = { readonly kind: 'email' | 'phone' | 'opaque'; readonly value: string };

export interface VisitorWords {
  readonly handoffId: HandoffId;
  /** Names the message for ever: HubSpot keeps one message of this id per channel account. */
  readonly eventId: EventId;
  /** Empty for files alone. */
  readonly text: string;
  /** Sanitised. HubSpot makes its own of the text when there is none. */
  readonly richText?: string;
  /** Files that HubSpot has, by the ids it gave them. */
  readonly fileIds?: readonly string[];
  readonly sender: { readonly name?: string | undefined; readonly identifier: VisitorIdentifier };
  /** ISO 8601. Strictly increasing within a handoff, since it is not known by which clock HubSpot sorts. */
  readonly sentAt: string;
}

/**
 * `duplicate`: HubSpot said 409, and neither the thread nor the message. It has no call that finds a thread by our handoff; the
 * thread stays unknown until the handoff's next message is published or an agent answers (their webhook names handoff and
 * thread), and a close before that cannot be matched.
 */
export type Published =
  | { readonly outcome: 'published'; readonly threadId: ThreadId; readonly messageId: MessageId }
  | { readonly outcome: 'duplicate'; readonly threadId?: undefined; readonly messageId?: undefined };

export interface ChannelMessagesClient {
  /**
   * Writes into the handoff's thread in the visitor's name; the first message opens the thread. Safe to repeat: HubSpot does not
   * document whether it answers a repeat with the old message (201 or 200: `published`, the same ids) or with 409 (`duplicate`).
   * The thread may change between two messages of a handoff, when agents merge threads: keep the latest.
   */
  publishMessage(words: VisitorWords): Promise<Published>;
  /** The thread in which a message of the channel stands by now; undefined when it stands in none. */
  findThread(messageId: MessageId, urgency: Urgency): Promise<ThreadId | undefined>;
  /** Tells the agent what became of their message. Safe to repeat. */
  reportDelivery(report: DeliveryReport): Promise<void>;
}

export interface Channel {
  readonly apiVersion: ApiVersion;
  readonly channelId: ChannelId;
  readonly channelAccountId: ChannelAccountId;
}

const IDENTIFIER_TYPE = {
  email: 'HS_EMAIL_ADDRESS',
  phone: 'HS_PHONE_NUMBER',
  opaque: 'CHANNEL_SPECIFIC_OPAQUE_ID',
} as const satisfies Record<VisitorIdentifier['kind'], (typeof CAPABILITIES.deliveryIdentifierTypes)[number]>;

const STATUS_TYPE = { sent: 'SENT', read: 'READ', failed: 'FAILED' } as const;

const PublishedMessage = z.object({
  id: z.coerce.string().pipe(MessageId),
  conversationsThreadId: z.coerce.string().pipe(ThreadId),
});

export function createChannelMessagesClient(api: HubSpotApi, channel: Channel): ChannelMessagesClient {
  const messages = messagesPath(channel);
  return {
    publishMessage: ({ handoffId, eventId, text, richText, fileIds = [], sender, sentAt }) => {
      const { name, identifier } = sender;
      const body = {
        text,
        ...(richText === undefined ? {} : { richText }),
        messageDirection: 'INCOMING',
        channelAccountId: channel.channelAccountId,
        integrationThreadId: handoffId,
        integrationIdempotencyId: eventId,
        timestamp: new Date(sentAt).toISOString(),
        // Without `fileUsageType`, of which HubSpot has been seen to refuse all but two.
        attachments: fileIds.map((fileId) => ({ type: 'FILE', fileId })),
        recipients: [],
        senders: [
          {
            ...(name === undefined ? {} : { name }),
            deliveryIdentifier: { type: IDENTIFIER_TYPE[identifier.kind], value: identifier.value },
          },
        ],
      };
      const about = {
        what: `publish event ${eventId} of handoff ${handoffId}`,
        privateWords: [text, richText ?? '', name ?? '', identifier.value],
        urgency: 'words' as const,
        conversation: handoffId,
      };
      return api.call(about, async () => {
        try {
          const stored = await api.request({ method: 'POST', path: messages, body }, PublishedMessage);
          return { outcome: 'published', threadId: stored.conversationsThreadId, messageId: stored.id };
        } catch (thrown) {
          if (thrown instanceof Refusal && thrown.answer.status === 409) return { outcome: 'duplicate' };
          throw thrown;
        }
      });
    },

    findThread: (messageId, urgency) =>
      api.call({ what: `find the thread of message ${messageId}`, urgency }, async () => {
        try {
          const path = `${messages}/${encodeURIComponent(messageId)}`;
          return (await api.request({ method: 'GET', path }, PublishedMessage)).conversationsThreadId;
        } catch (thrown) {
          if (thrown instanceof Refusal && thrown.answer.status === 404 && !isUnknownChannel(thrown.answer))
            return undefined;
          throw thrown;
        }
      }),

    reportDelivery: async (report) => {
      const path = `${messages}/${encodeURIComponent(report.messageId)}`;
      const statusType = STATUS_TYPE[report.status];
      const body = report.status === 'failed' ? { statusType, errorMessage: report.reason } : { statusType };
      const what = `report message ${report.messageId} as ${report.status}`;
      await api.call({ what }, () => api.request({ method: 'PATCH', path, body }, z.unknown()));
    },
  };
}

function messagesPath({ apiVersion, channelId }: Channel): string {
  const root =
    apiVersion === 'v3' ? '/conversations/v3/custom-channels' : `/conversations/custom-channels/${apiVersion}`;
  return `${root}/${channelId}/messages`;
}
