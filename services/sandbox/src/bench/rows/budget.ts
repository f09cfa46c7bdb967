import { FLOODING, measureBudget } from '../../budget/measure.ts';
import { startSandbox } from '../../sandbox.ts';
import { startBenchRedis } from '../bench-redis.ts';
import { atLeast, atMost } from '../figure.ts';
import { median, quantile } from '../rounds.ts';
import type { Row, Size } from '../row.ts';

/** What the simulator allows in ten seconds, and the part of it that Parley takes for its own. */
const LIMIT = 110;
const OURS = Math.floor(LIMIT * 0.95);

const LENGTHS: Partial<Record<Size, Parameters<typeof measureBudget>[1]>> = {
  tiny: { flooding: 10, warmUpMs: 100, measuredMs: 100 },
};

export const budget: Row = {
  name: 'budget',
  about: () => `${FLOODING} conversations flood one portal of ${LIMIT} calls in 10 s, of which ${OURS} are Parley's`,
  async measure(size) {
    await using redis = await startBenchRedis();
    await using sandbox = await startSandbox({ redisUrl: redis.url, namespace: 'bench' });
    const { calls, measuredMs, refused, unloaded, beside } = await measureBudget(sandbox, LENGTHS[size]);
    const used = { Parley: ((calls * 10_000) / measuredMs / OURS) * 100 };
    const limited = { Parley: (refused / sandbox.simulator.requests().length) * 100 };
    const waits = { alone: median(unloaded), 'beside the flood': median(beside) };
    const worst = { alone: quantile(unloaded, 1), 'beside the flood': quantile(beside, 1) };
    return [
      { what: 'used of its part', unit: '%', values: used, goal: atLeast({ wanted: 98, of: 'Parley' }, used) },
      { what: 'answered 429', unit: '%', values: limited, goal: atMost({ wanted: 0.1, of: 'Parley' }, limited) },
      { what: 'a quiet conversation of that portal, median', unit: 'ms', values: waits },
      { what: 'a quiet conversation of that portal, worst', unit: 'ms', values: worst },
    ];
  },
};
