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
    what: 'kill -9 of Redis, whose replica Sentinel makes primary',
    note: 'Writes pause until the replica has everything, then Redis is killed. A failover in which it has not loses what was not copied yet, whoever uses it: `min-replicas-to-write 1` bounds that to seconds.',
    replicated: true,
    inflict: async ({ redis }) => redis.failOver?.(),
  },
];
