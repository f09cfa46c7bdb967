import { expect, test } from '@jest/globals';
import type { Redis } from 'ioredis';
import { redisProgram } from '../testing/own-redis.ts';
import { ownSentinels } from '../testing/own-sentinels.ts';
import { createWatch } from '../testing/watch.ts';
import { connectImpatient, connectPatient } from './connect.ts';

/** Needs a Redis with sentinels; skipped, visibly, where the machine has no program for it. */
const testWithServer = redisProgram ? test : test.skip;

async function setup() {
  await using stack = new AsyncDisposableStack();
  const own = stack.use(await ownSentinels());
  const open = (redis: Redis) => {
    redis.on('error', () => undefined); // Redis goes away on purpose
    return stack.adopt(redis, (opened) => opened.disconnect());
  };
  const worker = open(connectPatient(own.url.replace('#', '/3#')));
  const [blocked, request] = [open(worker.duplicate()), open(connectImpatient(own.url))];
  const answers = () =>
    request.ping().then(
      () => true,
      () => false,
    );
  const opened = stack.move();
  return { ...own, worker, blocked, request, answers, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

testWithServer(
  'whoever waits for Redis goes on where the sentinels made a replica primary, in its database, with all that was answered',
  async () => {
    await using parts = await setup();
    const { worker, blocked, failOver } = parts;
    await worker.set('key', 'value');
    const popped = blocked.blpop('list', 0);
    await failOver();
    expect(await worker.get('key')).toBe('value');
    await worker.rpush('list', 'later');
    expect(await popped).toEqual(['list', 'later']);
  },
);

testWithServer('a primary that vanished without closing a connection is left for its successor', async () => {
  await using parts = await setup();
  const { request, answers, failOver } = parts;
  await request.connect();
  await request.set('key', 'value');
  await failOver('frozen');
  await createWatch().until(answers, 'an answer of the successor');
  expect(await request.get('key')).toBe('value');
});

testWithServer(
  'while no sentinel answers a request fails at once and a worker waits; one sentinel is enough for both to go on',
  async () => {
    await using parts = await setup();
    const { worker, request, answers, sentinels } = parts;
    const [hanging, away, back] = sentinels;
    hanging?.freeze();
    await Promise.all([away?.stop(), back?.stop()]);
    void request.connect();
    await expect(request.ping()).rejects.toThrow('enableOfflineQueue options is false');
    const written = worker.set('key', 'value');
    await back?.start();
    expect(await written).toBe('OK');
    await createWatch().until(answers, 'an answer to a request');
  },
);
