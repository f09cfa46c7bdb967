import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from '../row.ts';

export const redisRows: readonly Row[] = [
  {
    name: 'redis-killed',
    what: 'kill -9 of Redis, and a start from its append-only file, twice',
    note: 'With `appendfsync always`. With `everysec` a machine that loses its power loses up to a second, whoever uses it.',
    inflict: async ({ redis, random }) => {
      for (let times = 0; times < 2; times += 1) {
        await redis.stop();
        await pause(random.between(300, 1_500));
        await redis.start();
        await pause(random.between(300, 1_500));
      }
    },
  },
  {
    name: 'redis-hangs',
    what: 'Redis answers nothing for eight seconds',
    inflict: async ({ redis }) => {
      redis.freeze();
      await pause(8_000);
      redis.thaw();
    },
  },
  {
    name: 'redis-full',
    what: 'Redis is out of memory for three seconds (noeviction)',
    inflict: async ({ configureRedis }) => {
      await configureRedis('maxmemory', '1mb');
      await pause(3_000);
      await configureRedis('maxmemory', '0');
    },
  },
  {
    name: 'redis-failover',
    what: 'the replica takes over, and the old Redis takes no more writes',
    note: 'Behind one address, as hosters have it; Parley does not speak to Sentinel. A failover in which the old Redis dies can lose what was not copied yet, whoever uses it.',
    replicated: true,
    inflict: async ({ redis }) => redis.failOver?.(),
  },
];
