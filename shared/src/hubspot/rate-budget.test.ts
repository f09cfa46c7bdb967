import { describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { PortalId } from '../contracts/ids.ts';
import { RetryableError } from '../failures.ts';
import { testRedis } from '../testing/test-redis.ts';
import { createRateBudget } from './rate-budget.ts';

const PORTAL = PortalId.parse('1');
const OTHER_PORTAL = PortalId.parse('2');

/** Two workers of one Parley: two connections, one namespace. */
function setup(perTenSeconds: number) {
  const { url, namespace } = testRedis();
  const connections = [new Redis(url), new Redis(url)] as const;
  const [budget, elsewhere] = [
    createRateBudget({ redis: connections[0], namespace, perTenSeconds }),
    createRateBudget({ redis: connections[1], namespace, perTenSeconds }),
  ] as const;
  return {
    budget,
    elsewhere,
    redis: connections[0],
    namespace,
    [Symbol.dispose]() {
      for (const connection of connections) connection.disconnect();
    },
  };
}

/** When to come again; 0 when the call may be made. */
const pauseOf = async (taken: Promise<void>): Promise<number> => {
  try {
    await taken;
    return 0;
  } catch (failure) {
    if (!(failure instanceof RetryableError) || failure.scope !== 'portal' || !failure.certain) throw failure;
    return failure.retryAfterMs ?? Number.NaN;
  }
};

describe('the rate budget of a portal', () => {
  test('is shared by all workers: together they get the burst, then are told when to come again', async () => {
    using parley = setup(100);
    const calls = Array.from({ length: 60 }, (_, n) =>
      pauseOf((n % 2 ? parley.budget : parley.elsewhere).take(PORTAL, { patienceMs: 0 })),
    );
    const pauses = await Promise.all(calls);
    const granted = pauses.filter((pause) => pause === 0);
    expect(granted.length).toBeGreaterThanOrEqual(20);
    expect(granted.length).toBeLessThanOrEqual(24); // a place comes back every 125 ms, and the calls take a moment
    for (const pause of pauses) expect(pause).toBeLessThanOrEqual(125);
  });

  test('keeps a place for a patient caller, who waits for it and no longer', async () => {
    using parley = setup(50); // 10 at once, then one every 250 ms
    await Promise.all(Array.from({ length: 10 }, () => parley.budget.take(PORTAL, { patienceMs: 0 })));
    const since = performance.now();
    const done: number[] = [];
    await Promise.all(
      [1, 2, 3].map(async (place) => {
        await parley.elsewhere.take(PORTAL, { patienceMs: 2_000 });
        done.push(place);
      }),
    );
    expect(done).toEqual([1, 2, 3]);
    expect(performance.now() - since).toBeGreaterThan(600);
  });

  test('keeps no place for an impatient caller', async () => {
    using parley = setup(10); // 2 at once, then one every 1,250 ms
    await Promise.all([1, 2].map(() => parley.budget.take(PORTAL, { patienceMs: 0 })));
    const pauses: number[] = [];
    for (let n = 0; n < 20; n += 1) pauses.push(await pauseOf(parley.budget.take(PORTAL, { patienceMs: 100 })));
    for (const pause of pauses) expect(pause).toBeLessThanOrEqual(1_250);
    expect(Math.min(...pauses)).toBeGreaterThan(100);
  });

  test('never lets more than the limit through in ten seconds', async () => {
    using parley = setup(100);
    const waits: number[] = [];
    for (let n = 0; n < 101; n += 1) {
      waits.push(await parley.redis.budgetTake(`{${parley.namespace}}:budget:1`, 125, 20, 60_000));
    }
    expect(waits.filter((wait) => wait === 0).length).toBeLessThanOrEqual(24);
    // Of 101 calls at once, the last one would go ten seconds after the first, less what the loop took.
    expect(waits.at(-1)).toBeGreaterThan(9_000);
    expect(waits.at(-1)).toBeLessThanOrEqual(10_125);
  });

  test('of one portal is nothing to another', async () => {
    using parley = setup(100);
    await parley.budget.block(PORTAL, 60_000);
    await parley.budget.take(OTHER_PORTAL, { patienceMs: 0 });
  });
});

describe('a portal that answered 429', () => {
  test('is left alone by all workers for as long as it asked', async () => {
    using parley = setup(100);
    await parley.budget.block(PORTAL, 30_000);
    const pause = await pauseOf(parley.elsewhere.take(PORTAL, { patienceMs: 1_000 }));
    expect(pause).toBeGreaterThan(29_000);
    expect(pause).toBeLessThanOrEqual(30_000);
  });

  test('is not opened earlier by a second, shorter word', async () => {
    using parley = setup(100);
    await parley.budget.block(PORTAL, 30_000);
    await parley.elsewhere.block(PORTAL, 1_000);
    expect(await pauseOf(parley.budget.take(PORTAL, { patienceMs: 0 }))).toBeGreaterThan(29_000);
  });

  test('opens at the steady pace, without a burst', async () => {
    using parley = setup(50);
    await parley.budget.block(PORTAL, 100);
    await parley.budget.take(PORTAL, { patienceMs: 1_000 });
    expect(await pauseOf(parley.budget.take(PORTAL, { patienceMs: 0 }))).toBeGreaterThan(100);
  });

  test('turns away those who were waiting for their place', async () => {
    using parley = setup(50);
    await Promise.all(Array.from({ length: 10 }, () => parley.budget.take(PORTAL, { patienceMs: 0 })));
    const waiting = pauseOf(parley.budget.take(PORTAL, { patienceMs: 1_000 }));
    await parley.budget.block(PORTAL, 30_000); // the same connection: after the place was given
    expect(await waiting).toBeGreaterThan(29_000);
  });

  test('leaves nothing behind in Redis for ever', async () => {
    using parley = setup(100);
    await parley.budget.block(PORTAL, 1_000);
    const ttlMs = await parley.redis.pttl(`{${parley.namespace}}:budget:1`);
    expect(ttlMs).toBeGreaterThan(1_000);
    expect(ttlMs).toBeLessThan(70_000);
  });
});
