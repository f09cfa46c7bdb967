import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testRedis } from '@parley/shared/testing/test-redis';
import { type Doors, openDoors } from './doors.ts';
import { PROPERTIES } from './properties/all.ts';

const RUNS = 300;
const SEED = 4;

let doors: Doors;

beforeAll(async () => {
  const { url, namespace } = testRedis();
  doors = await openDoors({ redisUrl: url, namespace });
});

afterAll(() => doors[Symbol.asyncDispose]());

test.each(PROPERTIES)(
  '$what: nothing is answered 5xx, nothing hangs, what is accepted is kept and what is refused leaves nothing behind',
  async ({ open }) => {
    const answered = await (await open(doors)).hold({ runs: RUNS, seed: SEED });
    expect([...answered.keys()].some((status) => status < 400)).toBe(true);
    expect([...answered.keys()].some((status) => status >= 400)).toBe(true);
    expect(await doors.kept.leftBehind()).toEqual([]);
  },
);
