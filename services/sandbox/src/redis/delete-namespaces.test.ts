import { expect, test } from '@jest/globals';
import { testRedis } from '@parley/shared/testing/test-redis';
import { Redis } from 'ioredis';
import { deleteNamespaces } from './delete-namespaces.ts';

test("a run's keys are removed from a Redis that belongs to somebody, and nobody else's", async () => {
  const { url, namespace } = testRedis();
  const { namespace: neighbour } = testRedis();
  const redis = new Redis(url);
  const ours = [
    `${namespace}:lane:1`,
    `{${namespace}}:wait`,
    ...Array.from({ length: 1200 }, (_, n) => `${namespace}-${n}`),
  ];
  const theirs = [`${neighbour}:lane:1`, `shop:${namespace}`];
  await redis.mset([...ours, ...theirs].flatMap((key) => [key, 'x']));

  await deleteNamespaces({ url, startingWith: namespace });

  const left = { ours: await redis.exists(...ours), theirs: await redis.exists(...theirs) };
  await redis.del(...theirs);
  redis.disconnect();
  expect(left).toEqual({ ours: 0, theirs: 2 });
});
