import type { z } from 'zod';
import type { AgentDeliveryOf } from '../contracts/agent-delivery.ts';
import type { ChannelAccountId, ChannelId, PortalId } from '../contracts/ids.ts';
import { agentContent } from './agent-content.ts';
import { ChannelWebhook, OutgoingMessageCreated } from './webhook-payloads.ts';

/** Nothing for us, and why. Answer 200: HubSpot repeats what it takes for a failure. */
export interface Ignored {
  readonly ignored: string;
}

/** For us, but not to be understood; names fields and holds no value. */
export interface Malformed {
  readonly malformed: string;
}

export interface AgentMessageRead {
  readonly portalId: PortalId;
  readonly channelId: ChannelId;
  readonly channelAccountId: ChannelAccountId;
  /** The same message under two of HubSpot's event ids is one message. */
  readonly dedupeId: string;
  readonly delivery: AgentDeliveryOf<'agent-message'>;
}

/** Reads the one object that HubSpot sends to a channel's webhook address. Never throws. */
export function agentDeliveryOf(body: unknown): AgentMessageRead | Ignored | Malformed {
  const webhook = ChannelWebhook.safeParse(body);
  if (!webhook.success) return malformed(webhook.error);
  const { type } = webhook.data;
  if (type !== 'OUTGOING_CHANNEL_MESSAGE_CREATED') return { ignored: `webhooks of type ${shortened(type)}` };

  const created = OutgoingMessageCreated.safeParse(body);
  if (!created.success) return malformed(created.error);
  const { portalId, channelId, channelIntegrationThreadIds: handoffIds, message, eventTimestamp } = created.data;
  if (message.type !== 'MESSAGE') return { ignored: `messages of type ${shortened(message.type)}` };
  if (message.direction !== 'OUTGOING') return { ignored: `messages of direction ${shortened(message.direction)}` };
  const content = agentContent(message);
  if (content === undefined) return { ignored: 'an empty message' };
  const sentAt = message.createdAt ?? eventTimestamp;
  if (sentAt === undefined) return { malformed: 'message.createdAt must be a date, for want of eventTimestamp' };

  const [sender] = message.senders;
  const id = sender?.actorId ?? message.createdBy ?? 'unknown';
  if (id.startsWith('V-')) return { ignored: "a visitor's own words" };
  const agent = sender?.name === undefined ? { id } : { id, name: sender.name };
  return {
    portalId,
    channelId,
    channelAccountId: message.channelAccountId,
    dedupeId: message.id,
    delivery: {
      kind: 'agent-message',
      threadId: message.conversationsThreadId,
      handoffIds,
      messageId: message.id,
      agent,
      ...content,
      sentAt,
    },
  };
}

export const malformed = (error: z.ZodError): Malformed => ({
  malformed: error.issues.map(({ path, message }) => `${path.join('.') || 'the body'} ${message}`).join('; '),
});

/** Types come from outside, and go to logs and counters. */
export const shortened = (type: string) => type.slice(0, 60) || 'none';
