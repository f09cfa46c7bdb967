import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { ChannelAccountId } from '../contracts/ids.ts';
import { HandoffEntry } from './handoff-index.ts';

/** How far the looks at a handoff's thread have come. */
const Seen = z.object({
  /** Milliseconds since 1970: what was said before this has been seen. */
  at: z.number(),
  /** HubSpot's times of the latest words: as long as they are the same, there are none that were not seen. */
  words: z.string(),
  /** When anybody wrote last, milliseconds since 1970. */
  latestMessageAt: z.number(),
});
export type Seen = z.infer<typeof Seen>;

export interface WatchedHandoff {
  readonly entry: HandoffEntry;
  readonly seen: Seen | undefined;
}

/** Milliseconds after which somebody looks at the thread when the visitor has just spoken. */
const SOON_MS = 60_000;

export type WatchedHandoffs = ReturnType<typeof openWatchedHandoffs>;

/**
 * The handoffs whose threads are looked at now and then, since a webhook may be lost: each from its begin until a look that came
 * after its end, so that the last words are looked for too. Each has a time at which its next look is due, so a process that
 * dies takes nothing with it. Every function may be repeated.
 */
export function openWatchedHandoffs({ redis, namespace }: { redis: Redis; namespace: string }) {
  const dueKey = (account: ChannelAccountId) => `${namespace}:watched:${account}`;
  const seenKey = (account: ChannelAccountId) => `${namespace}:watched-seen:${account}`;

  return {
    /** Begins; a handoff that is watched stays as it is. */
    async watch(entry: HandoffEntry): Promise<void> {
      await redis.zadd(dueKey(entry.account), 'NX', Date.now() + SOON_MS, memberOf(entry));
    },

    /** Those that are due, the longest overdue first. */
    async due(account: ChannelAccountId, { count }: { count: number }): Promise<WatchedHandoff[]> {
      const members = await redis.zrange(dueKey(account), '-inf', String(Date.now()), 'BYSCORE', 'LIMIT', 0, count);
      const entries = members.map((member) => HandoffEntry.parse(JSON.parse(member)));
      if (entries.length === 0) return [];
      const seen = await redis.hmget(seenKey(account), ...entries.map(({ handoffId }) => handoffId));
      return entries.map((entry, at) => ({ entry, seen: seenIn(seen[at]) }));
    },

    /** Looked: the next look is due in `inMs`. */
    async postpone(entry: HandoffEntry, { inMs, seen }: { inMs: number; seen?: Seen | undefined }): Promise<void> {
      await redis.zadd(dueKey(entry.account), 'XX', Date.now() + inMs, memberOf(entry));
      if (seen) await redis.hset(seenKey(entry.account), entry.handoffId, JSON.stringify(seen));
    },

    /** The visitor spoke, so an answer is likely: the next look is due in `inMs` at the latest. */
    async hasten(entry: HandoffEntry, { inMs = SOON_MS } = {}): Promise<void> {
      await redis.zadd(dueKey(entry.account), 'XX', 'LT', Date.now() + inMs, memberOf(entry));
    },

    async unwatch(entry: HandoffEntry): Promise<void> {
      await redis.hdel(seenKey(entry.account), entry.handoffId);
      await redis.zrem(dueKey(entry.account), memberOf(entry));
    },
  };
}

/** The same text for the same handoff, whatever the order of its fields. */
const memberOf = ({ account, conversation, handoffId }: HandoffEntry) =>
  JSON.stringify({ account, conversation, handoffId });

const seenIn = (text: string | null | undefined) => (text ? Seen.parse(JSON.parse(text)) : undefined);
