import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { findRedis } from '../redis/find-redis.ts';
import { openDoors } from './doors.ts';
import { measureGrowth } from './growth/measure.ts';
import { watchHeap } from './heap.ts';
import { PROPERTIES } from './properties/all.ts';

/** Between rounds the heap is looked at; in each, every property has its share of the inputs. */
const ROUNDS = 20;

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string', default: `${Date.now() % 1e6}` } },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
const print = (line: string) => void process.stdout.write(`${line}\n`);
const wrong: string[] = [];

await using redis = await findRedis({ redisUrl: process.env.REDIS_URL, print });
await using doors = await openDoors({
  redisUrl: redis.url,
  namespace: `parley-fuzz-${randomBytes(4).toString('hex')}`,
});
const held = await Promise.all(
  PROPERTIES.map(async ({ what, share, open }) => ({
    what,
    share,
    counts: new Map<number, number>(),
    ...(await open(doors)),
  })),
);
const heap = watchHeap();
const startedAt = performance.now();
const seconds = () => ((performance.now() - startedAt) / 1_000).toFixed(0);
let inputs = 0;
print(`${runs} inputs, seed ${seed} (Redis: ${redis.kind})`);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const { what, share, counts, hold } of held) {
    const some = Math.ceil((runs * share) / ROUNDS);
    try {
      for (const [status, times] of await hold({ runs: some, seed: seed + round }))
        counts.set(status, (counts.get(status) ?? 0) + times);
    } catch (error) {
      wrong.push(
        `${what}: ${String(error).slice(0, 4_000)}\n${error instanceof Error ? String(error.cause).slice(0, 1_000) : ''}`,
      );
    }
    inputs += some;
  }
  print(`  ${inputs} inputs, ${seconds()} s, heap ${heap.sample(inputs) >> 20} MB`);
}
print(`${inputs} inputs in ${seconds()} s, by what they were answered:`);
for (const { what, counts } of held) {
  const sorted = [...counts].toSorted(([a], [b]) => a - b);
  print(`  ${what.padEnd(26)} ${sorted.map(([status, times]) => `${status}: ${times}`).join('  ')}`);
}

const left = await doors.kept.leftBehind();
if (left.length > 0) wrong.push(`left behind in Redis: ${left.slice(0, 20).join(' ')}`);

const { bytesPerInput, samples, holds } = heap.growth();
print(`heap ${(samples.at(-1)?.bytes ?? 0) >> 20} MB, ${bytesPerInput.toFixed(0)} bytes more with each input`);
if (!holds) wrong.push(`the heap grows: ${samples.map(({ bytes }) => bytes >> 20).join(' ')} MB`);

print('milliseconds for the slowest text, and how many times as long as half of it:');
for (const { subject, shape, ms, growth, holds: bounded } of measureGrowth()) {
  if (ms >= 5 || !bounded)
    print(`  ${subject.padEnd(28)} ${ms.toFixed(0).padStart(5)}  ${growth.toFixed(1).padStart(5)}  ${shape}`);
  if (!bounded) wrong.push(`${subject} takes ever longer for ${shape}`);
}

for (const problem of wrong) print(`\nWRONG ${problem}`);
print(
  wrong.length === 0 ? 'everything held' : `${wrong.length} did not hold; again with --runs ${runs} --seed ${seed}`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;
