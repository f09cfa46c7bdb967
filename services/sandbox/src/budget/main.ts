import { randomBytes } from 'node:crypto';
import { findRedis } from '../redis/find-redis.ts';
import { startSandbox } from '../sandbox.ts';
import { FLOODING, measureBudget } from './measure.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** What the simulator allows in ten seconds, and the part of it that Parley takes for its own. */
const LIMIT = 110;
const OURS = Math.floor(LIMIT * 0.95);

await using redis = await findRedis({ redisUrl: process.env.REDIS_URL, print });
await using sandbox = await startSandbox({
  redisUrl: redis.url,
  namespace: `parley-budget-${randomBytes(4).toString('hex')}`,
});
const { calls, measuredMs, refused, unloaded, beside } = await measureBudget(sandbox);

const perWindow = (calls * 10_000) / measuredMs;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const inAll = sandbox.simulator.requests().length;
print(
  `${FLOODING} conversations flood one portal of ${LIMIT} calls in 10 s, ${(measuredMs / 1_000).toFixed(0)} s measured (Redis: ${redis.kind})`,
);
print(
  `calls in 10 s            ${perWindow.toFixed(1)}: ${percent(perWindow / OURS)} of our ${OURS}, ${percent(perWindow / LIMIT)} of HubSpot's ${LIMIT}`,
);
print(`answered 429             ${refused} of ${inAll} (${percent(refused / inAll)})`);
print(
  `a quiet conversation     median ${median(beside)} ms, worst ${Math.max(...beside)} ms (${beside.length} messages)`,
);
print(
  `the same, alone          median ${median(unloaded)} ms, worst ${Math.max(...unloaded)} ms (${unloaded.length} messages)`,
);
print(`beside / alone           ${(median(beside) / Math.max(1, median(unloaded))).toFixed(0)} times the median`);
