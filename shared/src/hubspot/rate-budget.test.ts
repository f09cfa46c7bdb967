import { describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { PortalId } from '../contracts/ids.ts';
import { NotYet } from '../failures.ts';
import { testRedis } from '../testing/test-redis.ts';
import { createRateBudget, type RateBudgetSettings } from './rate-budget.ts';

const PORTAL = PortalId.parse('1');
const OTHER_PORTAL = PortalId.parse('2');

/** Two workers of one Parley: two connections, one namespace. */
function setup(perTenSeconds: number, told?: RateBudgetSettings['told']) {
  const { url, namespace } = testRedis();
  const connections = [new Redis(url), new Redis(url)] as const;
  const [budget, elsewhere] = [
    createRateBudget({ redis: connections[0], namespace, perTenSeconds, ...(told && { told }) }),
    createRateBudget({ redis: connections[1], namespace, perTenSeconds }),
  ] as const;
  const portal = `{${namespace}}:budget:1`;
  return {
    budget,
    elsewhere,
    redis: connections[0],
    portal,
    /** Takes places one after the other, without waiting for any, and gives how long each would have waited. */
    async places(count: number): Promise<number[]> {
      const waits: number[] = [];
      for (let n = 0; n < count; n += 1) {
        const [, wait] = await connections[0].budgetTake(
          portal,
          `${portal}:places`,
          `${portal}:speakers`,
          perTenSeconds,
          60_000,
          'words',
          1,
          0,
          1,
          1,
          '',
          0,
          1,
        );
        waits.push(wait);
      }
      return waits;
    },
    [Symbol.dispose]() {
      for (const connection of connections) connection.disconnect();
    },
  };
}

const words = (patienceMs: number) => ({ urgency: 'words', patienceMs }) as const;

/** When to come again; 0 when the call may be made. */
const pauseOf = async (taken: Promise<unknown>): Promise<number> => {
  try {
    await taken;
    return 0;
  } catch (failure) {
    if (!(failure instanceof NotYet)) throw failure;
    return failure.forMs;
  }
};

describe('the rate budget of a portal', () => {
  test('is shared by all workers: together they get the burst, then are told when to come again', async () => {
    using parley = setup(100);
    const calls = Array.from({ length: 60 }, (_, n) =>
      pauseOf((n % 2 ? parley.budget : parley.elsewhere).take(PORTAL, words(0))),
    );
    const pauses = await Promise.all(calls);
    const granted = pauses.filter((pause) => pause === 0);
    expect(granted.length).toBeGreaterThanOrEqual(18);
    expect(granted.length).toBeLessThanOrEqual(24); // places come back meanwhile
    for (const pause of pauses) expect(pause).toBeLessThanOrEqual(250);
  });

  test('keeps a place for a patient caller, who waits for it and no longer', async () => {
    using parley = setup(50); // 10 at once, then one every 200 ms or a little more
    await Promise.all(Array.from({ length: 10 }, () => parley.budget.take(PORTAL, words(1_000))));
    const since = performance.now();
    const done: number[] = [];
    await Promise.all(
      [1, 2, 3].map(async (place) => {
        await parley.elsewhere.take(PORTAL, words(2_000));
        done.push(place);
      }),
    );
    expect(done).toEqual([1, 2, 3]);
    expect(performance.now() - since).toBeGreaterThan(400);
  });

  test('keeps no place for an impatient caller', async () => {
    using parley = setup(10); // 2 at once, then one a second
    await Promise.all([1, 2].map(() => parley.budget.take(PORTAL, words(0))));
    const pauses: number[] = [];
    for (let n = 0; n < 20; n += 1) pauses.push(await pauseOf(parley.budget.take(PORTAL, words(100))));
    for (const pause of pauses) expect(pause).toBeLessThanOrEqual(1_250);
    expect(Math.min(...pauses)).toBeGreaterThan(100);
  });

  test('never lets more than the limit through in ten seconds, and under a flood not much less either', async () => {
    using parley = setup(100);
    const waits = await parley.places(500);
    for (const [n, wait] of waits.slice(100).entries()) expect(wait - (waits[n] ?? 0)).toBeGreaterThanOrEqual(9_000);
    // 500 calls last 50 s at the full pace, of which the first burst saves two; asking for them took a moment.
    expect(waits.at(-1)).toBeLessThan(50_000);
    expect(waits.at(-1)).toBeGreaterThan(46_000);
    const pauses = waits.slice(30).map((wait, n) => wait - (waits[n + 29] ?? 0));
    expect(Math.max(...pauses)).toBeLessThan(300); // nobody meets a closed window
  });

  test('of one portal is nothing to another', async () => {
    using parley = setup(100);
    await parley.budget.block(PORTAL, { forMs: 60_000, why: 'tests' });
    await parley.budget.take(OTHER_PORTAL, words(0));
  });

  test('leaves nothing behind in Redis for ever', async () => {
    using parley = setup(100);
    await parley.budget.take(PORTAL, words(0));
    await parley.budget.block(PORTAL, { forMs: 1_000, why: 'tests' });
    for (const key of [parley.portal, `${parley.portal}:places`])
      expect(await parley.redis.pttl(key)).toBeGreaterThan(0);
  });
});

test('a conversation that was quiet goes before those that flood the portal', async () => {
  using parley = setup(100);
  const wordsOf = (conversation: string) => parley.budget.take(PORTAL, { ...words(3_000), conversation });
  const flood = Array.from({ length: 20 }, async (_, n) => {
    for (let said = 0; said < 3; said += 1) await pauseOf(wordsOf(`flood-${n}`));
  });
  await Promise.race(flood); // by now all of them have a place, and want more
  const since = performance.now();
  await wordsOf('quiet');
  expect(performance.now() - since).toBeLessThan(400);
  await Promise.all(flood);
});

describe('less urgent calls', () => {
  const urgencies = ['delivery', 'files', 'polling'] as const;

  test.each(urgencies)('however many %s calls there are, words do not wait for them', async (urgency) => {
    using parley = setup(100);
    const calls = Array.from({ length: 40 }, () => pauseOf(parley.budget.take(PORTAL, { urgency, patienceMs: 1_000 })));
    for (let n = 0; n < 4; n += 1) expect(await pauseOf(parley.elsewhere.take(PORTAL, words(0)))).toBe(0);
    const pauses = await Promise.all(calls);
    expect(pauses.filter((pause) => pause === 0).length).toBeGreaterThan(2);
    expect(pauses.filter((pause) => pause > 0).length).toBeGreaterThan(10);
    expect(await pauseOf(parley.elsewhere.take(PORTAL, words(0)))).toBe(0);
  });

  test('share in a burst by their urgency', async () => {
    const got: number[] = [];
    for (const urgency of urgencies) {
      using parley = setup(100);
      const pauses = await Promise.all(
        Array.from({ length: 40 }, () => pauseOf(parley.budget.take(PORTAL, { urgency, patienceMs: 0 }))),
      );
      got.push(pauses.filter((pause) => pause === 0).length);
    }
    expect(got).toEqual(got.toSorted((one, other) => other - one));
    expect(new Set(got).size).toBe(3);
  });

  test('are not starved by a flood of words: each kind has a place now and then', async () => {
    using parley = setup(100);
    await parley.places(30); // words wait for more than a second
    expect(await pauseOf(parley.budget.take(PORTAL, { urgency: 'delivery', patienceMs: 3_000 }))).toBe(0);
    await parley.places(30);
    expect(await pauseOf(parley.budget.take(PORTAL, { urgency: 'delivery', patienceMs: 3_000 }))).toBeGreaterThan(0);
  });
});

describe('the headers of an answer', () => {
  test('set the limit, of which a twentieth is left alone', async () => {
    using parley = setup(10);
    await parley.budget.learn(PORTAL, { limit: 200, remaining: 200, windowMs: 10_000 });
    const waits = await parley.places(191);
    expect(waits.filter((wait) => wait === 0).length).toBeGreaterThan(30);
    expect(waits.at(-1)).toBeLessThan(10_000);
    expect((await parley.places(5)).at(-1)).toBeGreaterThan(9_500);
  });

  test('leave to others what they use', async () => {
    using parley = setup(100);
    await parley.budget.learn(PORTAL, { limit: 100, remaining: 40, windowMs: 10_000 });
    const waits = await parley.places(36);
    expect(waits.at(-1)).toBeGreaterThan(9_000); // 95 of ours less 60 of theirs
  });

  test('are not held against us when they count what is ours', async () => {
    using parley = setup(100);
    await parley.places(10);
    await parley.budget.learn(PORTAL, { limit: 100, remaining: 90, windowMs: 10_000 });
    expect(await parley.redis.hget(parley.portal, 'others')).toBe('0');
  });
});
