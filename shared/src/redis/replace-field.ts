import type { Redis, Result } from 'ioredis';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    replaceField(key: string, field: string, from: string, to: string): Result<0 | 1, Context>;
  }
}

const REPLACE = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1`;

/** Writes a field of a hash if it still is what was read. False: somebody else has written it meanwhile, and theirs stays. */
export async function replaceField(
  redis: Redis,
  { key, field, from, to }: { key: string; field: string; from: string; to: string },
): Promise<boolean> {
  redis.defineCommand('replaceField', { numberOfKeys: 1, lua: REPLACE });
  return (await redis.replaceField(key, field, from, to)) === 1;
}
