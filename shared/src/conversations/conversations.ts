import { readFileSync } from 'node:fs';
import type { Redis, Result } from 'ioredis';
import { z } from 'zod';
import { ChannelAccountId, ConversationId, HandoffId, type PortalId, type ThreadId } from '../contracts/ids.ts';
import { Conversation, type ConversationState } from './conversation.ts';

/** Names a conversation: its id is unique within the account of its bot. */
export const ConversationKey = z.object({ account: ChannelAccountId, conversation: ConversationId });
export type ConversationKey = z.infer<typeof ConversationKey>;

const HandoffEntry = ConversationKey.extend({ handoffId: HandoffId });
export type HandoffEntry = z.infer<typeof HandoffEntry>;

/** A thread as HubSpot names it, and the handoffs that HubSpot says were merged into it. */
export interface ThreadReference {
  readonly portal: PortalId;
  readonly threadId: ThreadId;
  readonly handoffIds: readonly HandoffId[];
}

const KEPT_SECONDS = 90 * 24 * 60 * 60;

const MOVE = readFileSync(new URL('./move.lua', import.meta.url), 'utf8');

declare module 'ioredis' {
  interface RedisCommander<Context> {
    conversationMove(key: string, handoffId: string, to: string, ...from: string[]): Result<0 | 1, Context>;
  }
}

export type Conversations = ReturnType<typeof openConversations>;

/** The record of all conversations. Each function may be repeated after a crash with the same arguments. */
export function openConversations({ redis, namespace }: { redis: Redis; namespace: string }) {
  redis.defineCommand('conversationMove', { numberOfKeys: 1, lua: MOVE });
  const recordKey = ({ account, conversation }: ConversationKey) =>
    `${namespace}:conversation:${account}/${conversation}`;
  const handoffKey = (id: string) => `${namespace}:handoff:${id}`;
  const threadKey = (portal: PortalId, id: ThreadId) => `${namespace}:thread:${portal}/${id}`;

  async function find(key: ConversationKey): Promise<Conversation | undefined> {
    const { visitor, ...fields } = await redis.hgetall(recordKey(key));
    return visitor === undefined ? undefined : Conversation.parse({ ...fields, visitor: JSON.parse(visitor) });
  }

  async function entryAt(name: string): Promise<HandoffEntry | undefined> {
    const entry = await redis.get(name);
    return entry === null ? undefined : HandoffEntry.parse(JSON.parse(entry));
  }

  return {
    find,

    /** Sets the given fields and keeps the others. */
    async save(key: ConversationKey, changes: Partial<Omit<Conversation, 'state' | 'handoffId'>>): Promise<void> {
      await redis.multi().hset(recordKey(key), fieldsOf(changes)).expire(recordKey(key), KEPT_SECONDS).exec();
    },

    /** Begins a handoff, before HubSpot hears of it: the agents have the conversation, in a thread not known yet. */
    async begin(
      entry: HandoffEntry,
      about: Pick<Conversation, 'visitor' | 'owedTranscript' | 'contactId'>,
    ): Promise<void> {
      await redis.set(handoffKey(entry.handoffId), JSON.stringify(entry), 'EX', KEPT_SECONDS);
      await redis
        .multi()
        .hdel(recordKey(entry), 'threadId', 'contactId')
        .hset(recordKey(entry), fieldsOf({ ...about, state: 'waiting', handoffId: entry.handoffId }))
        .expire(recordKey(entry), KEPT_SECONDS)
        .exec();
    },

    /** The transcript stands in the thread. */
    async settleTranscript(key: ConversationKey): Promise<void> {
      await redis.hdel(recordKey(key), 'owedTranscript');
    },

    /** Makes the thread of a handoff findable. A thread that HubSpot changes to is a further way to the same handoff. */
    async indexThread(thread: { portal: PortalId; threadId: ThreadId }, entry: HandoffEntry): Promise<void> {
      await redis.set(threadKey(thread.portal, thread.threadId), JSON.stringify(entry), 'EX', KEPT_SECONDS);
    },

    /** The handoff that HubSpot speaks of: by the first id of ours that we know, else by the thread. */
    async findHandoff({ portal, threadId, handoffIds }: ThreadReference): Promise<HandoffEntry | undefined> {
      for (const id of handoffIds) {
        const entry = await entryAt(handoffKey(id));
        if (entry) return entry;
      }
      return entryAt(threadKey(portal, threadId));
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
