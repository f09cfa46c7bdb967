import { readFileSync } from 'node:fs';
import type { Redis, Result } from 'ioredis';
import type { HandoffId, PortalId, ThreadId } from '../contracts/ids.ts';
import { Conversation, type ConversationState, isHandedOff } from './conversation.ts';
import { type ConversationKey, type HandoffEntry, KEPT_SECONDS, openHandoffIndex } from './handoff-index.ts';
import { openWatchedHandoffs } from './watched-handoffs.ts';

const lua = (name: string) => readFileSync(new URL(`./${name}.lua`, import.meta.url), 'utf8');

declare module 'ioredis' {
  interface RedisCommander<Context> {
    conversationChange(key: string, ...args: string[]): Result<0 | 1, Context>;
    conversationMove(key: string, handoffId: string, to: string, ...from: string[]): Result<0 | 1, Context>;
    conversationFollow(key: string, handoffId: string, threadId: string): Result<0 | 1, Context>;
  }
}

/** A conversation, in a handoff or in none so far. */
export type MaybeHandedOff = ConversationKey & { readonly handoffId?: HandoffId | undefined };

export type Conversations = ReturnType<typeof openConversations>;

/** The record of all conversations. Each function may be repeated after a crash with the same arguments. */
export function openConversations({ redis, namespace }: { redis: Redis; namespace: string }) {
  redis.defineCommand('conversationChange', { numberOfKeys: 1, lua: lua('change') });
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

  async function change(
    { handoffId = '', ...key }: Omit<MaybeHandedOff, 'handoffId'> & { readonly handoffId?: string | undefined },
    { set, remove = [] }: { set: Partial<Conversation>; remove?: readonly (keyof Conversation)[] },
  ): Promise<boolean> {
    const args = [handoffId, KEPT_SECONDS, remove.length, ...remove, ...fieldsOf(set)];
    return (await redis.conversationChange(recordKey(key), ...args.map(String))) === 1;
  }

  return {
    find,
    ...index,

    /**
     * Sets the given fields and keeps the others, if the conversation is still in this handoff, or was never in any when `entry`
     * names none. `lastPublishedAt` only grows.
     */
    async save(entry: MaybeHandedOff, changes: Partial<Omit<Conversation, 'state' | 'handoffId'>>): Promise<void> {
      await change(entry, { set: changes });
    },

    /**
     * Begins a handoff, before HubSpot hears of it: the agents have the conversation, in a thread not known yet. `before`: the
     * handoff that the conversation was last in. False: it is in another one by now, and nothing was done.
     */
    async begin(
      entry: HandoffEntry,
      { before, ...about }: Pick<Conversation, 'visitor' | 'contactId'> & { readonly before?: HandoffId | undefined },
    ): Promise<boolean> {
      await index.indexHandoff(entry);
      await watched.watch(entry);
      const { account, conversation, handoffId } = entry;
      const set = { ...about, state: 'waiting' as const, handoffId };
      return change(
        { account, conversation, handoffId: before },
        { set, remove: ['threadId', 'contactId', 'lastMessageId'] },
      );
    },

    /** The visitor spoke in this handoff: its thread is looked at soon. */
    expectAnswer: (entry: HandoffEntry): Promise<void> => watched.hasten(entry),

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
     * Forgets a handoff and with it the conversation: who the visitor is, and every way from a thread to it. While a later handoff
     * of the conversation is with the agents, that one's record stays.
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

const fieldsOf = (changes: Partial<Conversation>): string[] =>
  Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]);
