import type { Redis } from 'ioredis';
import { z } from 'zod';
import { ChannelAccountId, ConversationId, HandoffId, type PortalId, ThreadId } from '../contracts/ids.ts';

/** Names a conversation: its id is unique within the account of its bot. */
export const ConversationKey = z.object({ account: ChannelAccountId, conversation: ConversationId });
export type ConversationKey = z.infer<typeof ConversationKey>;

export const HandoffEntry = ConversationKey.extend({ handoffId: HandoffId });
export type HandoffEntry = z.infer<typeof HandoffEntry>;

/** A thread as HubSpot names it, and the handoffs that HubSpot says were merged into it. */
export interface ThreadReference {
  readonly portal: PortalId;
  readonly threadId: ThreadId;
  readonly handoffIds: readonly HandoffId[];
}

export const KEPT_SECONDS = 90 * 24 * 60 * 60;

/**
 * Which handoffs go on in a thread of HubSpot's, and which threads a handoff has had: agents merge threads, and both handoffs go
 * on in the one that survives. Holds ids alone.
 */
export function openHandoffIndex({ redis, namespace }: { redis: Redis; namespace: string }) {
  const handoffKey = (id: HandoffId) => `${namespace}:handoff:${id}`;
  const threadsKey = (id: HandoffId) => `${namespace}:handoff-threads:${id}`;
  const threadKey = (portal: PortalId, id: ThreadId) => `${namespace}:thread-handoffs:${portal}/${id}`;

  async function indexHandoff(entry: HandoffEntry): Promise<void> {
    await redis.set(handoffKey(entry.handoffId), JSON.stringify(entry), 'EX', KEPT_SECONDS);
  }

  return {
    indexHandoff,

    /**
     * Makes a handoff findable by its thread. `at`: when HubSpot spoke of this thread, milliseconds since 1970; the thread that
     * was spoken of last is the one in which the handoff goes on.
     */
    async indexThread(
      thread: { portal: PortalId; threadId: ThreadId },
      entry: HandoffEntry,
      at = Date.now(),
    ): Promise<void> {
      await indexHandoff(entry);
      const handoffs = threadKey(thread.portal, thread.threadId);
      await redis.multi().zadd(handoffs, 'GT', at, entry.handoffId).expire(handoffs, KEPT_SECONDS).exec();
      const threads = threadsKey(entry.handoffId);
      await redis.multi().zadd(threads, 'GT', at, thread.threadId).expire(threads, KEPT_SECONDS).exec();
    },

    /** Every handoff that HubSpot speaks of: those of ours that it names, in its order, then those that go on in this thread. */
    async findHandoffs({ portal, threadId, handoffIds }: ThreadReference): Promise<HandoffEntry[]> {
      const latestFirst = await redis.zrange(threadKey(portal, threadId), 0, '-1', 'REV');
      const ids = [...new Set([...handoffIds, ...latestFirst.map((id) => HandoffId.parse(id))])];
      const entries = await Promise.all(ids.map((id) => redis.get(handoffKey(id))));
      return entries.flatMap((entry) => (entry === null ? [] : [HandoffEntry.parse(JSON.parse(entry))]));
    },

    /** The thread in which the handoff goes on; undefined while HubSpot has not named one. */
    async threadOf(handoffId: HandoffId): Promise<ThreadId | undefined> {
      const [latest] = await redis.zrange(threadsKey(handoffId), -1, '-1');
      return latest === undefined ? undefined : ThreadId.parse(latest);
    },

    /** Forgets that a handoff was in a thread that was merged into another one. */
    async forgetThread({ portal, threadId }: { portal: PortalId; threadId: ThreadId }, id: HandoffId): Promise<void> {
      await redis.zrem(threadsKey(id), threadId);
      await redis.zrem(threadKey(portal, threadId), id);
    },

    /** Forgets a handoff, itself last, so that a repetition after a crash still finds it by its id. */
    async forgetHandoff(portal: PortalId, id: HandoffId): Promise<void> {
      const threads = await redis.zrange(threadsKey(id), 0, '-1');
      for (const thread of threads) await redis.zrem(threadKey(portal, ThreadId.parse(thread)), id);
      await redis.del(threadsKey(id), handoffKey(id));
    },
  };
}
