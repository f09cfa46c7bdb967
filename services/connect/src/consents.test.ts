import { expect, test } from '@jest/globals';
import { connectPatient } from '@parley/shared/redis/connect';
import { testRedis } from '@parley/shared/testing/test-redis';
import { openConsents } from './consents.ts';

async function setup() {
  const { url, namespace } = testRedis();
  const redis = connectPatient(url);
  await redis.connect();
  const consents = (secret = 'known to Parley alone') => openConsents({ redis, namespace, secret });
  const keys = () => redis.keys(`${namespace}:*`);
  return { consents, keys, [Symbol.dispose]: () => redis.disconnect() };
}

test('a consent ends once, whichever process is asked', async () => {
  using it = await setup();
  const { state, cookie } = it.consents().begin();
  const ends = await Promise.all([it.consents().end(state, cookie), it.consents().end(state, cookie)]);
  expect(ends.toSorted()).toEqual([false, true]);
});

test('a consent ends in no other browser, and not with a state that was changed or signed by somebody else', async () => {
  using it = await setup();
  const { state, cookie } = it.consents().begin();
  const [until, half, signature] = state.split('.');
  const later = `${Number(until) + 1}.${half}.${signature}`;
  const forged = it.consents('guessed').begin();
  for (const [given, held] of [
    [state, it.consents().begin().cookie],
    [state, ''],
    [later, cookie],
    [forged.state, forged.cookie],
    ['', ''],
    ['..', cookie],
    [`${state}.x`, cookie],
    [`${until}.${half}.${'é'.repeat(43)}`, cookie],
  ])
    expect(await it.consents().end(given ?? '', held ?? '')).toBe(false);
  expect(await it.consents().end(state, cookie)).toBe(true);
});

test('strangers who begin and never end leave nothing in Redis', async () => {
  using it = await setup();
  for (let times = 0; times < 100; times += 1) it.consents().begin();
  expect(await it.keys()).toEqual([]);
});
