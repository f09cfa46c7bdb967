import { readFileSync } from 'node:fs';
import type { Redis, Result } from 'ioredis';
import type { PortalId, ThreadId } from '../contracts/ids.ts';
import { Conversation, type ConversationState, isHandedOff } from './conversation.ts';
import { type ConversationKey, type HandoffEntry, KEPT_SECONDS, openHandoffIndex } from './handoff-index.ts';
import { openWatchedHandoffs } from './watched-handoffs.ts';

const lua = (name: string) => readFileSync(new URL(`./${name}.lua`, import.meta.url), 'utf8');

declare module 'ioredis' {
  interface RedisCommander<Context> {
    conversationMove(key: string, handoffId: string, to: string, ...from: string[]): Result<0 | 1, Context>;
    conversationFollow(key: string, handoffId: string, threadId: string): Result<0 | 1, Context>;
  }
}

export type Conversations = ReturnType<typeof openConversations>;

/** The record of all conversations. Each function may be repeated after a crash with the same arguments. */
export function openConversations({ redis, namespace }: { redis: Redis; namespace: string }) {
  redis.defineCommand('conversationMove', { numberOfKeys: 1, lua: lua('move') });
  redis.defineCommand('conversationFollow', { numberOfKeys: 1, lua: lua('follow') });
  const index = openHandoffIndex({ redis, namespace });
  const watched = openWatchedHandoffs({ redis, namespace });
  const recordKey = ({ account, conversation }: ConversationKey) =>
    `${namespace}:conversation:${account}/${conversation}`;

  async function find(key: ConversationKey): Promise<Conversation | undefined> {
    const { visitor, ...fields } = await redis.hgetall(recordKey(key));
    return visitor === undefined ? undefined : Conversation.parse({ ...fields, visitor: JSON.parse(visitor) });
  }

  return {
    find,
    findHandoff: index.findHandoff,
    indexThread: index.indexThread,
    threadOf: index.threadOf,
    forgetThread: index.forgetThread,

    /** Sets the given fields and keeps the others. */
    async save(key: ConversationKey, changes: Partial<Omit<Conversation, 'state' | 'handoffId'>>): Promise<void> {
      await redis.multi().hset(recordKey(key), fieldsOf(changes)).expire(recordKey(key), KEPT_SECONDS).exec();
    },

    /** Begins a handoff, before HubSpot hears of it: the agents have the conversation, in a thread not known yet. */
    async begin(
      entry: HandoffEntry,
      about: Pick<Conversation, 'visitor' | 'owedTranscript' | 'contactId'>,
    ): Promise<void> {
      await index.indexHandoff(entry);
      await watched.watch(entry);
      await redis
        .multi()
        .hdel(recordKey(entry), 'threadId', 'contactId')
        .hset(recordKey(entry), fieldsOf({ ...about, state: 'waiting', handoffId: entry.handoffId }))
        .expire(recordKey(entry), KEPT_SECONDS)
        .exec();
    },

    /** The visitor spoke in this handoff: its thread is looked at soon. */
    expectAnswer: (entry: HandoffEntry): Promise<void> => watched.hasten(entry),

    /** The transcript stands in the thread. */
    async settleTranscript(key: ConversationKey): Promise<void> {
      await redis.hdel(recordKey(key), 'owedTranscript');
    },

    /**
     * HubSpot speaks of the handoff in this thread: it is a way to the handoff, and, unless HubSpot has spoken of another one
     * since, the one in which the handoff goes on. `at` in milliseconds since 1970.
     */
    async followThread(
      thread: { portal: PortalId; threadId: ThreadId },
      entry: HandoffEntry,
      at: number,
    ): Promise<void> {
      await index.indexThread(thread, entry, at);
      if ((await index.threadOf(entry.handoffId)) !== thread.threadId) return;
      await redis.conversationFollow(recordKey(entry), entry.handoffId, thread.threadId);
    },

    /**
     * Forgets a handoff and with it the conversation: who the visitor is, what they said before, the transcript owed, and every
     * way from a thread to it. While a later handoff of the conversation is with the agents, that one's record stays.
     *
     * What stands in a lane or lies as a dead letter is not touched: an operator discards those. Ids of events stay for seven
     * days, so that a repeated webhook is known for one.
     */
    async purge(portal: PortalId, entry: HandoffEntry): Promise<void> {
      const record = await find(entry);
      const goesOn = record?.handoffId !== entry.handoffId && isHandedOff(record);
      if (!goesOn) await redis.del(recordKey(entry));
      await watched.unwatch(entry);
      await index.forgetHandoff(portal, entry.handoffId);
    },

    /** Moves the conversation on, if it is still in this handoff and in one of the states `from`. Says whether it did. */
    async move(entry: HandoffEntry, from: readonly ConversationState[], to: ConversationState): Promise<boolean> {
      return (await redis.conversationMove(recordKey(entry), entry.handoffId, to, ...from)) === 1;
    },
  };
}

const fieldsOf = (changes: Partial<Conversation>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(changes)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
