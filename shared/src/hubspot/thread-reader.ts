import { z } from 'zod';
import type { ChannelAccountId, ChannelId, HandoffId, PortalId, ThreadId } from '../contracts/ids.ts';
import { TerminalError } from '../failures.ts';
import { type AgentMessageRead, agentDeliveryOf } from './agent-delivery-of.ts';
import type { HubSpotApi, HubSpotRequest } from './api.ts';
import { Refusal } from './exchange.ts';
import type { Urgency } from './urgency.ts';

export interface ThreadState {
  /** `archived`: in the trash, where it can be read for 30 days. */
  readonly is: 'open' | 'closed' | 'archived';
  /** When it was closed, ISO 8601, as far as HubSpot says: the same however often it is asked. */
  readonly closedAt: string;
  /** Changes with everything that is said to the visitor or by them. */
  readonly words: string;
  /** When anybody wrote last, milliseconds since 1970. */
  readonly latestMessageAt: number;
}

export interface Replies {
  /** Oldest first, read as the channel's webhooks are. */
  readonly replies: readonly AgentMessageRead[];
  /** What looked like a reply and could not be understood: names fields and holds no value. */
  readonly malformed: readonly string[];
}

export interface ThreadReader {
  /** Undefined: HubSpot has no such thread, not even in the trash. It may have been merged into another one. */
  readThread(threadId: ThreadId, urgency: Urgency): Promise<ThreadState | undefined>;
  /**
   * What agents wrote to the visitor of this channel account since a moment, milliseconds since 1970. Comments, other channels'
   * messages and our own are left out, by the same reader that reads webhooks.
   */
  readReplies(
    thread: {
      readonly threadId: ThreadId;
      readonly handoffId: HandoffId;
      readonly archived: boolean;
      readonly since: number;
    },
    urgency: Urgency,
  ): Promise<Replies>;
}

const PAGE_SIZE = 100;
/** 2,000 messages, all of them newer than what has been seen: more is no conversation. */
const MAX_PAGES = 20;

const time = z.iso.datetime({ offset: true }).optional().catch(undefined);

const Thread = z.object({
  status: z.string(),
  archived: z.boolean().catch(false),
  createdAt: time,
  closedAt: time,
  latestMessageTimestamp: time,
  latestMessageSentTimestamp: time,
});

const Page = z.object({
  results: z.array(z.looseObject({ createdAt: time, type: z.string().catch('') })),
  paging: z.object({ next: z.object({ after: z.coerce.string() }).optional() }).nullish(),
});
type Message = z.infer<typeof Page>['results'][number];

export function createThreadReader(
  api: HubSpotApi,
  ours: { portalId: PortalId; channelId: ChannelId; channelAccountId: ChannelAccountId },
): ThreadReader {
  /** Undefined for a 404. */
  const get = <T>(request: Omit<HubSpotRequest, 'method'>, urgency: Urgency, schema: z.ZodType<T>) => {
    const what = `read ${request.path.split('/').slice(-2).join(' ')}`;
    return api.call({ what, urgency }, async () => {
      try {
        return await api.request({ ...request, method: 'GET' }, schema);
      } catch (thrown) {
        if (!(thrown instanceof Refusal)) throw thrown;
        if (thrown.answer.status === 404) return undefined;
        // A missing scope would count as the portal's failure and pause the visitor's words, for a look.
        if (thrown.answer.status === 403) throw new TerminalError(`${what}: the token may not read conversations`);
        throw thrown;
      }
    });
  };

  async function newest(
    path: string,
    qs: Record<string, string>,
    { since, urgency }: { since: number; urgency: Urgency },
  ) {
    const messages: Message[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const page = await get({ path, qs: after === undefined ? qs : { ...qs, after } }, urgency, Page);
      messages.push(...(page?.results ?? []));
      after = page?.paging?.next?.after;
      const last = messages.at(-1)?.createdAt;
      if (after === undefined || (last !== undefined && Date.parse(last) < since)) break;
    }
    return messages.filter(({ createdAt }) => createdAt === undefined || Date.parse(createdAt) >= since);
  }

  return {
    async readThread(threadId, urgency) {
      const path = pathOf(threadId);
      const thread =
        (await get({ path }, urgency, Thread)) ?? (await get({ path, qs: { archived: 'true' } }, urgency, Thread));
      return thread && stateOf(thread);
    },

    async readReplies({ threadId, handoffId, archived, since }, urgency) {
      const qs = { sort: '-createdAt', limit: String(PAGE_SIZE), ...(archived && { archived: 'true' }) };
      const messages = await newest(`${pathOf(threadId)}/messages`, qs, { since, urgency });
      const reads = messages.toReversed().map((message) => {
        const asWebhook = { channelId: message.channelId, channelIntegrationThreadIds: [handoffId], message };
        return message.type === 'MESSAGE'
          ? agentDeliveryOf({ type: 'OUTGOING_CHANNEL_MESSAGE_CREATED', portalId: ours.portalId, ...asWebhook })
          : { ignored: 'no words to the visitor' };
      });
      return {
        replies: reads
          .filter((read) => 'delivery' in read)
          .filter(
            ({ channelId, channelAccountId }) =>
              channelId === ours.channelId && channelAccountId === ours.channelAccountId,
          ),
        malformed: reads.flatMap((read) => ('malformed' in read ? [read.malformed] : [])),
      };
    },
  };
}

/** What is not open in any word that HubSpot has for it is closed. */
function stateOf(thread: z.infer<typeof Thread>): ThreadState {
  const { status, archived, createdAt, closedAt, latestMessageTimestamp, latestMessageSentTimestamp } = thread;
  const latest = latestMessageTimestamp ?? createdAt ?? new Date(0).toISOString();
  return {
    is: archived ? 'archived' : status === 'OPEN' ? 'open' : 'closed',
    closedAt: new Date(closedAt ?? latest).toISOString(),
    // No source says which of the two a reply moves.
    words: `${latestMessageTimestamp ?? ''} ${latestMessageSentTimestamp ?? ''}`.trim(),
    latestMessageAt: Date.parse(latest),
  };
}

const pathOf = (threadId: ThreadId) => `/conversations/v3/conversations/threads/${encodeURIComponent(threadId)}`;
