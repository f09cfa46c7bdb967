import { expect, test } from '@jest/globals';
import { ownRedis, redisProgram } from '@parley/shared/testing/own-redis';
import { Redis } from 'ioredis';
import { parley } from './cli-process.ts';
import { startTestSandbox } from './start.ts';

const withServer = redisProgram ? test : test.skip;

withServer('parley doctor names every setting of Redis under which accepted messages can be lost', async () => {
  await using sandbox = await startTestSandbox();
  await using server = await ownRedis();
  await server.start();
  const environment = { ...sandbox.environment, REDIS_URL: server.url };
  expect((await parley(['doctor'], environment)).printed).toMatch(/^ok +Redis keeps .*noeviction, appendonly yes$/m);
  const redis = new Redis(server.url);
  await redis.config('SET', 'appendonly', 'no', 'maxmemory-policy', 'allkeys-lru');
  redis.disconnect();
  const { code, printed } = await parley(['doctor'], environment);
  expect(code).toBe(1);
  expect(printed).toMatch(/maxmemory-policy is allkeys-lru, appendonly is no/);
  expect(printed).toContain("-> Set in Redis's configuration: maxmemory-policy noeviction, appendonly yes.");
});
