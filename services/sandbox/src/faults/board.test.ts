import { expect, test } from '@jest/globals';
import { redisProgram } from '@parley/shared/testing/own-redis';
import { SIZES } from './board.ts';
import { ROWS } from './rows.ts';
import { runRow } from './run-row.ts';
import { SHAPES } from './shapes.ts';

/** Needs a Redis of its own; skipped, visibly, where the machine has no program for it. */
const testWithServer = redisProgram ? test : test.skip;

testWithServer.each(['clean', 'stored-then-reset', 'redis-failover'])(
  'Parley loses, doubles and disorders nothing on the board’s row "%s"',
  async (name) => {
    const row = ROWS.find((one) => one.name === name);
    const parley = SHAPES.find((one) => one.name === 'Parley');
    if (!row || !parley) throw new Error('no such row or shape');
    const { conversations, messages } = SIZES.tiny.talk;
    const outcome = await runRow(row, parley, { seed: 1, talk: SIZES.tiny.talk });
    expect(outcome).toMatchObject({ said: conversations * messages * 2, lost: 0, doubled: 0, outOfOrder: 0, fell: 0 });
  },
  90_000,
);
