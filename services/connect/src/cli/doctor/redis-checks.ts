import type { Redis } from 'ioredis';
import { z } from 'zod';
import { type Check, failed, ok, skipped } from './check.ts';

export const redisChecks = (redis: Redis): Check[] => [
  { name: 'Redis answers', run: () => answers(redis) },
  {
    name: 'Redis evicts nothing',
    run: () => hasSetting(redis, { name: 'maxmemory-policy', value: 'noeviction' }),
  },
  { name: 'Redis keeps what it accepted', run: () => hasSetting(redis, { name: 'appendonly', value: 'yes' }) },
];

async function answers(redis: Redis) {
  try {
    if (redis.status === 'wait') await redis.connect();
    await redis.ping();
    return ok('it does');
  } catch {
    return failed('it does not', 'Start Redis, and compare host, port and password in REDIS_URL.');
  }
}

/** Managed services may refuse CONFIG. */
async function hasSetting(redis: Redis, { name, value }: { name: string; value: string }) {
  const told = await redis.config('GET', name).catch(() => undefined);
  const found = z.array(z.string()).safeParse(told).data?.[1];
  if (found === undefined) return skipped(`it does not tell; make sure of ${name} ${value}`);
  if (found === value) return ok(`${name} ${value}`);
  return failed(
    `${name} is ${found}: accepted messages can be lost`,
    `Set \`${name} ${value}\` in Redis's configuration.`,
  );
}
