import { beforeAll, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { explore } from './explore.ts';
import { Violation } from './ledger.ts';
import { MISTAKES, type Mistake } from './mistakes.ts';
import { openModel } from './open-model.ts';
import { SCENARIOS } from './scenarios.ts';
import { peacefulWalks, take } from './walks.ts';

const WALKS = { numRuns: 200, seed: 1, endOnFailure: true };
const STEPS = 120;

beforeAll(() => {
  let now = 1_700_000_000_000;
  jest.spyOn(Date, 'now').mockImplementation(() => ++now);
});

/** What the model has against the scripts with this mistake in them. */
async function find(mistake: Mistake): Promise<unknown> {
  using model = await openModel(mistake);
  const { foundBy } = mistake;
  if (foundBy === 'peace') {
    const walk = fc.asyncProperty(fc.constantFrom(1, 2), peacefulWalks(STEPS), (window, way) =>
      take(model.openWorld({ window, hasSweeper: false }), way),
    );
    return (await fc.check(walk, WALKS)).errorInstance;
  }
  return await explore(() => model.openWorld({ window: 1, ...SCENARIOS[foundBy] }), SCENARIOS[foundBy]).catch(
    (failure: unknown) => failure,
  );
}

test.each(MISTAKES)('$title is caught', async (mistake) => {
  expect(await find(mistake)).toMatchObject({ cause: expect.any(Violation) });
});

test('an add of a turn that nobody repairs is caught: the lane stands still for ever', async () => {
  using model = await openModel();
  const { lostTurn } = SCENARIOS;
  const world = () => model.openWorld({ window: 1, ...lostTurn, hasSweeper: false });
  await expect(explore(world, lostTurn)).rejects.toMatchObject({ cause: expect.any(Violation) });
});
