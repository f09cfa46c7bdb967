import { describe, expect, test } from '@jest/globals';
import { ownRedis, redisProgram } from '@parley/shared/testing/own-redis';
import { startBench, startReadyBench } from './testing/bench.ts';
import { visitorMessage } from './testing/events.ts';
import { agentWebhook } from './testing/hubspot.ts';
import { problemOf } from './testing/problem.ts';

const testWithServer = redisProgram ? test : test.skip;

type Bench = Awaited<ReturnType<typeof startBench>>;

const health = async ({ url }: Bench) =>
  Promise.all(['/healthz', '/readyz'].map(async (path) => (await fetch(url + path)).status));

async function expectUnavailable(response: Response): Promise<void> {
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  const { detail } = await problemOf(response, 503);
  expect(detail).toContain('send the same request again');
  expect(detail).not.toMatch(/redis|127\.0\.0\.1/i);
}

describe('an event is answered 202 only when Redis has it', () => {
  testWithServer(
    'with Redis gone the answer is 503 and a Retry-After, and with Redis back the same event is taken',
    async () => {
      await using redis = await ownRedis();
      await redis.start();
      await using bench = await startReadyBench({ REDIS_URL: redis.url });
      expect((await bench.sendEvents(visitorMessage('before'))).status).toBe(202);

      await redis.stop();
      await expectUnavailable(await bench.sendEvents(visitorMessage('after')));
      await expectUnavailable(await bench.sendWebhook('channel', agentWebhook()));
      expect(await health(bench)).toEqual([200, 503]);
      expect(bench.refusals).toMatchObject([
        { route: '/v1/events', status: 503, reason: expect.stringMatching(/^redis: /) },
        { route: '/v1/hubspot/channel', status: 503 },
      ]);

      await redis.start();
      await bench.ready();
      const again = await bench.sendEvents([visitorMessage('before'), visitorMessage('after')]);
      expect(await again.json()).toEqual({ accepted: 1, duplicate: 1 });
      expect((await bench.laneOf('conversation-1')).map(({ eventId }) => eventId)).toEqual(['before', 'after']);
    },
  );

  testWithServer(
    'with a Redis that hangs the answer is 503 within seconds, and the event sent again is there once',
    async () => {
      await using redis = await ownRedis();
      await redis.start();
      await using bench = await startReadyBench({ REDIS_URL: redis.url });
      redis.freeze();
      await expectUnavailable(await bench.sendEvents(visitorMessage('e1')));
      redis.thaw();
      await bench.ready();
      expect((await bench.sendEvents(visitorMessage('e1'))).status).toBe(202);
      expect(await bench.laneOf('conversation-1')).toHaveLength(1);
    },
  );

  testWithServer('with a Redis that refuses to write the answer is 503', async () => {
    await using redis = await ownRedis();
    await redis.start();
    await using bench = await startReadyBench({ REDIS_URL: redis.url });
    await bench.redis.config('SET', 'maxmemory', '1');
    await expectUnavailable(await bench.sendEvents(visitorMessage('e1')));
    await bench.redis.config('SET', 'maxmemory', '0');
    expect((await bench.sendEvents(visitorMessage('e1'))).status).toBe(202);
  });
});

testWithServer(
  'an ingress that starts without Redis opens its port, says that it waits, and accepts once Redis is there',
  async () => {
    await using redis = await ownRedis();
    await using bench = await startBench({ REDIS_URL: redis.url });
    expect(await health(bench)).toEqual([200, 503]);
    await expectUnavailable(await bench.sendEvents(visitorMessage('e1')));
    await bench.until(() => bench.lines.some((line) => line.includes('redis is not reachable')), 'the log says so');

    await redis.start();
    await bench.ready();
    expect(await health(bench)).toEqual([200, 200]);
    expect((await bench.sendEvents(visitorMessage('e1'))).status).toBe(202);
    expect(await bench.laneOf('conversation-1')).toHaveLength(1);
  },
);

test('an ingress that never saw Redis stops all the same', async () => {
  await using redis = await ownRedis();
  const bench = await startBench({ REDIS_URL: redis.url });
  await bench[Symbol.asyncDispose]();
  await expect(fetch(bench.url)).rejects.toThrow('fetch failed');
});
