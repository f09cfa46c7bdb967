import { type Load, startDoors } from '../accepting.ts';
import { type Fsync, startBenchRedis } from '../bench-redis.ts';
import { atMost, type Figure } from '../figure.ts';
import type { BenchProcess } from '../processes/bench-process.ts';
import { interleaved } from '../rounds.ts';
import type { Row, Size } from '../row.ts';

/** Events that are posted for one figure in one round. */
const EVENTS: Record<Size, number> = { tiny: 100, usual: 4_000, nightly: 30_000 };
const ROUNDS: Record<Size, number> = { tiny: 1, usual: 3, nightly: 7 };

const LOADS: readonly Load[] = [1, 100].flatMap((batch) => [1, 64].map((connections) => ({ batch, connections })));

export const ingress: Row = {
  name: 'ingress',
  about: (size) =>
    `${EVENTS[size]} events posted on 64 connections or a quarter of them on one, each server a process of its own, while a worker empties the queue`,
  measure: async (size) => [...(await compare('everysec', size)), ...(await compare('always', size))],
};

async function compare(fsync: Fsync, size: Size): Promise<Figure[]> {
  await using redis = await startBenchRedis(fsync);
  await using compared = await startDoors(redis.url);
  const figures: Figure[] = [];
  for (const load of LOADS) {
    const events = load.connections === 1 ? EVENTS[size] / 4 : EVENTS[size]; // one after the other, they take long
    const run = (door: BenchProcess) => async () => {
      const before = await door.usage();
      const { accepted, tookMs } = await compared.post(door, { ...load, events });
      const after = await door.usage();
      return { perSecond: (accepted / tookMs) * 1_000, cpuUs: (after.cpuUs - before.cpuUs) / accepted };
    };
    // Once without being counted: the doors' code is compiled when the measuring begins.
    for (const door of Object.values(compared.doors)) await run(door)();
    const medians = await interleaved(
      ROUNDS[size],
      Object.fromEntries(Object.entries(compared.doors).map(([name, door]) => [name, run(door)])),
    );
    const name = `${load.batch === 1 ? 'single' : `batch of ${load.batch}`}, ${load.connections} connections, ${fsync}`;
    figures.push({ what: `accepted (${name})`, unit: 'events/s', values: medians('perSecond') });
    if (fsync === 'everysec') figures.push(cpuFigure(name, medians('cpuUs')));
  }
  return figures;
}

const cpuFigure = (name: string, values: Figure['values']): Figure => ({
  what: `CPU (${name})`,
  unit: 'µs/event',
  values,
  goal: atMost({ wanted: 0.8, of: 'Parley', to: 'express, queue.add' }, values),
});
