import type { Redis } from 'ioredis';

export type LaneKeys = ReturnType<typeof openLaneKeys>;

/** The keys of one account's lanes as they lie in Redis, in the words of `lua/lib.lua`; entries by their event ids. */
export function openLaneKeys({
  redis,
  base,
  account,
  lanes,
}: {
  redis: Redis;
  base: string;
  account: string;
  lanes: readonly string[];
}) {
  return {
    async read() {
      const [live, away, ready, index, dead, ...entries] = await Promise.all([
        redis.hgetall(`${base}live:${account}`),
        redis.hgetall(`${base}away:${account}`),
        redis.zrange(`${base}ready:${account}`, '0', '-1'),
        redis.zrange(`${base}index`, '0', '-1'),
        redis.smembers(`${base}dead`),
        ...lanes.map((lane) => redis.lrange(`${base}lane:${lane}`, '0', '-1')),
      ]);
      return { live, away, ready, index, dead, entries };
    },
  };
}

/** Nothing is queued, nobody has a slot or waits for one, and no letter is on its way. */
export const isEmpty = ({ live, away, ready, index, dead, entries }: Awaited<ReturnType<LaneKeys['read']>>): boolean =>
  [Object.keys(live), Object.keys(away), ready, index, dead, ...entries].every((of) => of.length === 0);
