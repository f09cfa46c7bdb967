import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { explore } from './explore.ts';
import { play } from './moves.ts';
import { openModel } from './open-model.ts';
import { SCENARIOS } from './scenarios.ts';
import { peacefulWalks, take, troubledWalks } from './walks.ts';

/** `PARLEY_TEST_WALKS=10000 PARLEY_TEST_SEED=7 npx jest …` walks longer, and elsewhere. */
const numRuns = Number(process.env.PARLEY_TEST_WALKS ?? 50);
const seed = Number(process.env.PARLEY_TEST_SEED ?? 1);
const STEPS = 100;

// Each look at the clock is a moment of its own, so that no two deaths of a message have one time, and a walk is the same each time.
beforeAll(() => {
  let now = 1_700_000_000_000;
  jest.spyOn(Date, 'now').mockImplementation(() => ++now);
});

describe('on every walk the lanes keep their promises', () => {
  test('while nothing breaks, and then nobody needs the sweeper', async () => {
    using model = await openModel();
    const walk = fc.asyncProperty(fc.constantFrom(1, 2), peacefulWalks(STEPS), (window, way) =>
      take(model.openWorld({ window, hasSweeper: false }), way),
    );
    await fc.assert(walk, { numRuns, seed });
  });

  test('whatever breaks between any two calls', async () => {
    using model = await openModel();
    const walk = fc.asyncProperty(fc.constantFrom(1, 2), troubledWalks(STEPS), (window, way) =>
      take(model.openWorld({ window, hasSweeper: true }), way),
    );
    await fc.assert(walk, { numRuns, seed });
  });
});

describe('in every order the lanes keep their promises, when', () => {
  test.each(Object.values(SCENARIOS))('$title', async (scenario) => {
    using model = await openModel();
    const situations = await explore(() => model.openWorld({ window: 1, ...scenario }), scenario);
    expect(situations).toBeGreaterThan(1);
  });
});

test('a letter that is replayed after its lane was healed keeps its place behind an older one that was replayed before', async () => {
  using model = await openModel();
  const world = model.openWorld({ window: 1, hasSweeper: true });
  const twoDead = ['worker 1 takes a turn', 'worker 1 goes on', 'worker 1 is turned down', 'worker 1 finishes'];
  const healed = ['a turn is removed', 'sweeper sweeps', 'sweeper finishes', 'sweeper sweeps', 'sweeper finishes'];
  for (const move of [
    'bot 1 speaks in a',
    'bot 1 finishes',
    ...twoDead,
    ...twoDead,
    'bot 1 speaks in a',
    'bot 1 finishes',
    'worker 1 takes a turn',
    'worker 1 goes on',
    'operator replays the oldest',
    'operator finishes',
    ...healed,
    'worker 1 dies',
    'operator replays the newest',
    'operator finishes',
  ])
    expect([move, await play(world, move)]).toEqual([move, true]);
  await world.settle();
});
