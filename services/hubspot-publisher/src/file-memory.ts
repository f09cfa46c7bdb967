import { MEMORY_SECONDS } from '@parley/shared/redis/do-once';
import type { Redis } from 'ioredis';
import { z } from 'zod';

/** How a file of the visitor's ended: HubSpot has it, or it can never be had, and why. */
const FileEnd = z.union([z.object({ fileId: z.string() }), z.object({ lost: z.string() })]);
export type FileEnd = z.infer<typeof FileEnd>;

/** Names one file: its place in the list of its event, which is the account's. */
export type FileKey = `${string}/${string}/${number}`;

export interface Tries {
  /** In vain, the latest included. */
  readonly tries: number;
  /** When the first of them began, by the clock of the process that made it. */
  readonly firstAt: number;
}

/** Remembers each file until no retry, replay or repeat of its event can come any more. */
export interface FileMemory {
  recall(key: FileKey): Promise<FileEnd | undefined>;
  remember(key: FileKey, end: FileEnd): Promise<void>;
  /** One more try that was in vain, begun at `startedAt`, milliseconds since 1970. */
  countTry(key: FileKey, startedAt: number): Promise<Tries>;
}

export function openFileMemory({ redis, namespace }: { redis: Redis; namespace: string }): FileMemory {
  const nameOf = (key: FileKey) => `${namespace}:file:${key}`;
  return {
    async recall(key) {
      return FileEnd.safeParse(await redis.hgetall(nameOf(key))).data;
    },
    async remember(key, end) {
      await redis.multi().hset(nameOf(key), end).expire(nameOf(key), MEMORY_SECONDS).exec();
    },
    async countTry(key, startedAt) {
      await redis.hsetnx(nameOf(key), 'firstAt', startedAt);
      const tries = await redis.hincrby(nameOf(key), 'tries', 1);
      await redis.expire(nameOf(key), MEMORY_SECONDS);
      return { tries, firstAt: Number(await redis.hget(nameOf(key), 'firstAt')) };
    },
  };
}
