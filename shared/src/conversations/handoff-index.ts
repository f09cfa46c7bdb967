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
 * Which handoff a thread of HubSpot's belongs to, and which threads a handoff has had: agents merge threads, and the handoff
 * goes on in the one that survives. Holds ids alone.
 */
export function openHandoffIndex({ redis, namespace }: { redis: Redis; namespace: string }) {
  const handoffKey = (id: HandoffId) => `${namespace}:handoff:${id}`;
  const threadsKey = (id: HandoffId) => `${namespace}:handoff-threads:${id}`;
  const threadKey = (portal: PortalId, id: ThreadId) => `${namespace}:thread:${portal}/${id}`;

  async function entryAt(name: string): Promise<HandoffEntry | undefined> {
    const entry = await redis.get(name);
    return entry === null ? undefined : HandoffEntry.parse(JSON.parse(entry));
  }

  return {
    async indexHandoff(entry: HandoffEntry): Promise<void> {
      await redis.set(handoffKey(entry.handoffId), JSON.stringify(entry), 'EX', KEPT_SECONDS);
    },

    /**
     * Makes the thread of a handoff findable. `at`: when HubSpot spoke of this thread, milliseconds since 1970; the thread that
     * was spoken of last is the one in which the handoff goes on.
     */
    async indexThread(
      thread: { portal: PortalId; threadId: ThreadId },
      entry: HandoffEntry,
      at = Date.now(),
    ): Promise<void> {
      await redis.set(threadKey(thread.portal, thread.threadId), JSON.stringify(entry), 'EX', KEPT_SECONDS);
      const threads = threadsKey(entry.handoffId);
      await redis.multi().zadd(threads, 'GT', at, thread.threadId).expire(threads, KEPT_SECONDS).exec();
    },

    /** The handoff that HubSpot speaks of: by the first id of ours that we know, else by the thread. */
    async findHandoff({ portal, threadId, handoffIds }: ThreadReference): Promise<HandoffEntry | undefined> {
      for (const id of handoffIds) {
        const entry = await entryAt(handoffKey(id));
        if (entry) return entry;
      }
      return entryAt(threadKey(portal, threadId));
    },

    /** The thread in which the handoff goes on; undefined while HubSpot has not named one. */
    async threadOf(handoffId: HandoffId): Promise<ThreadId | undefined> {
      const [latest] = await redis.zrange(threadsKey(handoffId), -1, '-1');
      return latest === undefined ? undefined : ThreadId.parse(latest);
    },

    /** Forgets a thread that was merged into another one. */
    async forgetThread({ portal, threadId }: { portal: PortalId; threadId: ThreadId }, id: HandoffId): Promise<void> {
      await redis.zrem(threadsKey(id), threadId);
      await redis.del(threadKey(portal, threadId));
    },

    /** Forgets a handoff and all its threads, those last, so that a repetition after a crash still finds the handoff. */
    async forgetHandoff(portal: PortalId, id: HandoffId): Promise<void> {
      const threads = await redis.zrange(threadsKey(id), 0, '-1');
      await redis.del(handoffKey(id));
      for (const thread of threads) await redis.del(threadKey(portal, ThreadId.parse(thread)));
      await redis.del(threadsKey(id));
    },
  };
}
