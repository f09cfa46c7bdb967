import { describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { PortalId } from '../contracts/ids.ts';
import { testRedis } from '../testing/test-redis.ts';
import { createWatch } from '../testing/watch.ts';
import { createRateBudget } from './rate-budget.ts';

const PORTAL = PortalId.parse('48448169');
const REVOKED = 'HubSpot no longer takes the access token (401)';

/** Two workers of one Parley, and what the first one told. */
function setup() {
  const { url, namespace } = testRedis();
  const connections = [new Redis(url), new Redis(url)] as const;
  const lines: unknown[] = [];
  const told = {
    portalPaused: (line: unknown) => void lines.push(line),
    portalResumed: (line: unknown) => void lines.push(line),
  };
  const [budget, elsewhere] = [
    createRateBudget({ redis: connections[0], namespace, told }),
    createRateBudget({ redis: connections[1], namespace }),
  ] as const;
  return {
    budget,
    elsewhere,
    lines,
    take: (from = budget) => from.take(PORTAL, { urgency: 'words', patienceMs: 0 }),
    [Symbol.dispose]() {
      for (const connection of connections) connection.disconnect();
    },
  };
}

const paused = (retryAfterMs: unknown) => ({ name: 'RetryableError', scope: 'portal', certain: true, retryAfterMs });

describe('a paused portal', () => {
  test('is left alone by all workers, who are told why, and look again in case it goes on before its time', async () => {
    using parley = setup();
    await parley.budget.block(PORTAL, { forMs: 600_000, why: REVOKED });
    const failure = parley.take(parley.elsewhere);
    await expect(failure).rejects.toMatchObject(paused(30_000));
    await expect(failure).rejects.toThrow(`portal 48448169 is paused until`);
    await expect(failure).rejects.toThrow(REVOKED);
  });

  test('is not opened earlier by a second, shorter word', async () => {
    using parley = setup();
    await parley.budget.block(PORTAL, { forMs: 20_000, why: REVOKED });
    await parley.elsewhere.block(PORTAL, { forMs: 1_000, why: REVOKED });
    const state = await parley.budget.stateOf(PORTAL);
    expect(Number(state?.until) - Date.now()).toBeGreaterThan(19_000);
  });

  test('turns away those who were waiting for their place', async () => {
    using parley = setup();
    await Promise.all(Array.from({ length: 15 }, () => parley.take()));
    const waiting = Promise.allSettled(
      Array.from({ length: 10 }, () => parley.budget.take(PORTAL, { urgency: 'words', patienceMs: 3_000 })),
    );
    await parley.budget.block(PORTAL, { forMs: 20_000, why: REVOKED }); // the same connection: after the places were given
    expect((await waiting).filter(({ status }) => status === 'rejected').length).toBeGreaterThan(3);
  });

  test('is asked by one call when its time is over, and the others wait for its end', async () => {
    using parley = setup();
    await parley.budget.block(PORTAL, { forMs: 1, why: REVOKED });
    await createWatch().until(
      async () => Date.now() > Number((await parley.budget.stateOf(PORTAL))?.until),
      'the pause is over',
    );
    const calls = await Promise.allSettled(Array.from({ length: 10 }, () => parley.take(parley.elsewhere)));
    expect(calls.flatMap((call) => (call.status === 'fulfilled' ? [call.value] : []))).toEqual(['probe']);
    for (const call of calls) if (call.status === 'rejected') expect(call.reason).toMatchObject(paused(1_000));

    await parley.elsewhere.open(PORTAL);
    await expect(parley.take()).resolves.toBe('granted');
  });

  test('goes on without a burst', async () => {
    using parley = setup();
    await parley.budget.block(PORTAL, { forMs: 1_000, why: REVOKED });
    await parley.budget.open(PORTAL);
    await parley.take();
    await expect(parley.take()).rejects.toMatchObject({ name: 'NotYet', forMs: expect.any(Number) });
  });

  test('waits again when the call that asked met the same', async () => {
    using parley = setup();
    await parley.budget.block(PORTAL, { forMs: 1, why: REVOKED });
    await createWatch().until(
      () =>
        parley.take().then(
          (grant) => grant === 'probe',
          () => false,
        ),
      'a probe',
    );
    await parley.budget.block(PORTAL, { forMs: 20_000, why: REVOKED });
    await expect(parley.take()).rejects.toMatchObject(paused(expect.any(Number)));
    const state = await parley.budget.stateOf(PORTAL);
    expect(Number(state?.until) - Date.now()).toBeGreaterThan(19_000);
  });

  test('is told once, however many calls met it, and so is its end', async () => {
    using parley = setup();
    for (let n = 0; n < 3; n += 1) await parley.budget.block(PORTAL, { forMs: 20_000 - n * 1_000, why: REVOKED });
    await parley.budget.open(PORTAL);
    await parley.budget.open(PORTAL);
    expect(parley.lines).toEqual([
      { portal: '48448169', until: expect.stringMatching(/^20.*Z$/), why: REVOKED },
      { portal: '48448169', pausedMs: expect.any(Number) },
    ]);
  });

  test('can be read by everybody, until it goes on', async () => {
    using parley = setup();
    expect(await parley.elsewhere.stateOf(PORTAL)).toBeUndefined();
    await parley.budget.block(PORTAL, { forMs: 20_000, why: REVOKED });
    const state = { portalId: '48448169', since: expect.any(Number), until: expect.any(Number), why: REVOKED };
    expect(await parley.elsewhere.stateOf(PORTAL)).toEqual(state);
    expect(await parley.elsewhere.paused()).toEqual([state]);
    await parley.budget.open(PORTAL);
    expect(await parley.elsewhere.paused()).toEqual([]);
  });
});
