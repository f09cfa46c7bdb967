import { expect, test } from '@jest/globals';
import { testRedis } from '../testing/test-redis.ts';
import { connectPatient } from './connect.ts';
import { createDoOnce, MEMORY_SECONDS } from './do-once.ts';

/** Another side that can be asked what stands there, as a thread can be searched for a comment. */
async function setup() {
  const { url, namespace } = testRedis();
  const redis = connectPatient(url);
  await redis.connect();
  const steps: string[] = [];
  const standing = new Set<string>();
  const doOnce = createDoOnce({ redis, namespace });
  const comment = (key: string, act = async () => void standing.add(key)) =>
    doOnce(key, {
      act: () => {
        steps.push('act');
        return act();
      },
      happened: async () => {
        steps.push('happened?');
        return standing.has(key);
      },
    });
  return { redis, namespace, steps, standing, comment, [Symbol.dispose]: () => redis.disconnect() };
}

const fail = (message: string) => async () => {
  throw new Error(message);
};

test('an effect happens once, and nobody is asked about it', async () => {
  using it = await setup();
  await it.comment('a');
  await it.comment('a');
  await it.comment('b');
  expect(it.steps).toEqual(['act', 'act']);
});

test('after a death between acting and remembering, the other side is asked, and nothing is done again', async () => {
  using it = await setup();
  await it.redis.set(`${it.namespace}:once:a`, 'begun 1'); // as the dead run left it
  it.standing.add('a');
  await it.comment('a');
  await it.comment('a');
  expect(it.steps).toEqual(['happened?']);
});

test('after a death before acting, the other side is asked, and then it is done', async () => {
  using it = await setup();
  await it.redis.set(`${it.namespace}:once:a`, 'begun 1');
  await it.comment('a');
  expect(it.steps).toEqual(['happened?', 'act']);
});

test('an act that failed without effect is asked about next time and done again', async () => {
  using it = await setup();
  await expect(it.comment('a', fail('no answer'))).rejects.toThrow('no answer');
  await it.comment('a');
  expect(it.steps).toEqual(['act', 'happened?', 'act']);
});

test('an act that failed and took effect all the same is not done again', async () => {
  using it = await setup();
  const lostAnswer = async () => {
    it.standing.add('a');
    throw new Error('no answer');
  };
  await expect(it.comment('a', lostAnswer)).rejects.toThrow('no answer');
  await it.comment('a');
  expect(it.steps).toEqual(['act', 'happened?']);
});

test('while the other side cannot be asked, nothing is done', async () => {
  using it = await setup();
  await it.redis.set(`${it.namespace}:once:a`, 'begun 1');
  const doOnce = createDoOnce({ redis: it.redis, namespace: it.namespace });
  let acted = false;
  const act = async () => {
    acted = true;
  };
  await expect(doOnce('a', { act, happened: fail('HubSpot is away') })).rejects.toThrow('HubSpot is away');
  expect(acted).toBe(false);
});

test('an effect is remembered for seven days, counted from its end', async () => {
  using it = await setup();
  await it.comment('a');
  const seconds = await it.redis.ttl(`${it.namespace}:once:a`);
  expect(MEMORY_SECONDS).toBe(7 * 24 * 3600);
  expect(seconds).toBeGreaterThan(MEMORY_SECONDS - 60);
});

test('while an earlier run may still be under way, nothing is asked and nothing is done', async () => {
  using it = await setup();
  await it.redis.set(`${it.namespace}:once:a`, `begun ${Date.now()}`);
  await expect(it.comment('a')).rejects.toMatchObject({ name: 'NotYet', forMs: expect.any(Number) });
  expect(it.steps).toEqual([]);
});
