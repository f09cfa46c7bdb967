import { startAround } from '../around-parley.ts';
import { type Fsync, startBenchRedis } from '../bench-redis.ts';
import { atMost, type Figure } from '../figure.ts';
import { messageTo } from '../messages.ts';
import { postEvents } from '../post-events.ts';
import { type BenchProcess, startBenchProcess } from '../processes/bench-process.ts';
import { interleaved } from '../rounds.ts';
import type { Row, Size } from '../row.ts';

/** Events that are posted for one figure in one round. */
const EVENTS: Record<Size, number> = { tiny: 100, usual: 4_000, nightly: 30_000 };
const ROUNDS: Record<Size, number> = { tiny: 1, usual: 3, nightly: 7 };

interface Load {
  readonly batch: number;
  readonly connections: number;
}

/** A single connection is a bot that waits for each answer. */
const LOADS: readonly Load[] = [1, 100].flatMap((batch) => [1, 64].map((connections) => ({ batch, connections })));

const SPREAD = { conversations: 200, accounts: 1 };

export const ingress: Row = {
  name: 'ingress',
  about: (size) =>
    `${EVENTS[size]} events posted on 64 connections or a quarter of them on one, each server a process of its own, while a worker empties the queue`,
  measure: async (size) => [...(await compare('everysec', size)), ...(await compare('always', size))],
};

async function compare(fsync: Fsync, size: Size): Promise<Figure[]> {
  await using redis = await startBenchRedis(fsync);
  await using around = await startAround(redis.url);
  const settings = { ...around.environment, INGRESS_PORT: '0' };
  await using stack = new AsyncDisposableStack();
  const start = async (program: string) => stack.use(await startBenchProcess(program, settings));
  const [nothing, add, parley] = await Promise.all([
    start('express-nothing'),
    start('express-add'),
    start('parley-ingress'),
    start('plain-worker'),
    start('parley-worker'),
  ]);
  const servers = { 'express, nothing': nothing, 'express, queue.add': add, Parley: parley };
  const token = around.secrets.token;

  const figures: Figure[] = [];
  for (const load of LOADS) {
    const events = load.connections === 1 ? EVENTS[size] / 4 : EVENTS[size]; // one after the other, they take long
    const run = (server: BenchProcess) => () => post(server, { ...load, token, events });
    // Once without being counted: the servers' code is compiled when the measuring begins.
    for (const server of Object.values(servers)) await run(server)();
    const medians = await interleaved(
      ROUNDS[size],
      Object.fromEntries(Object.entries(servers).map(([name, server]) => [name, run(server)])),
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

let posted = 0;

async function post(
  server: BenchProcess,
  { batch, connections, token, events }: Load & { token: string; events: number },
) {
  const requests = Math.ceil(events / batch);
  const body = () => {
    const list = Array.from({ length: batch }, () => messageTo(SPREAD, posted++).message);
    return JSON.stringify(batch === 1 ? list[0] : list);
  };
  const before = await server.usage();
  const tookMs = await postEvents({ url: server.url, token, connections, requests, body });
  const after = await server.usage();
  const accepted = requests * batch;
  return { perSecond: (accepted / tookMs) * 1_000, cpuUs: (after.cpuUs - before.cpuUs) / accepted };
}
