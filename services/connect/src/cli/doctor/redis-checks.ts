import type { Redis } from 'ioredis';
import { z } from 'zod';
import { type Check, type Finding, failed, ok, skipped } from './check.ts';

export const redisChecks = (redis: Redis): Check[] => [
  { name: 'Redis answers', run: () => answers(redis) },
  { name: 'Redis keeps what it accepted', run: () => keeps(redis) },
];

async function answers(redis: Redis): Promise<Finding> {
  try {
    await redis.ping();
    return ok('it does');
  } catch {
    return failed(
      'it does not',
      'Start Redis, and compare host, port, password and #masterName (of sentinels) in REDIS_URL.',
    );
  }
}

const NEEDED = { 'maxmemory-policy': 'noeviction', appendonly: 'yes' };

/** Managed services may refuse CONFIG. */
async function keeps(redis: Redis): Promise<Finding> {
  const settings = await Promise.all(
    Object.entries(NEEDED).map(async ([name, needed]) => {
      const told = await redis.config('GET', name).catch(() => undefined);
      return { name, needed, found: z.array(z.string()).safeParse(told).data?.[1] };
    }),
  );
  const list = (of: typeof settings) => of.map(({ name, needed }) => `${name} ${needed}`).join(', ');
  const wrong = settings.filter(({ found, needed }) => found !== undefined && found !== needed);
  const untold = settings.filter(({ found }) => found === undefined);
  if (wrong.length > 0) {
    const are = wrong.map(({ name, found }) => `${name} is ${found}`).join(', ');
    return failed(`${are}: accepted messages can be lost`, `Set in Redis's configuration: ${list(wrong)}.`);
  }
  return untold.length > 0
    ? skipped(`it does not tell its settings; make sure of ${list(untold)}`)
    : ok(list(settings));
}
