import { startAround } from './around-parley.ts';
import { messageTo } from './messages.ts';
import { postEvents } from './post-events.ts';
import { type BenchProcess, startBenchProcess } from './processes/bench-process.ts';

/** How a bot speaks: a single connection is one that waits for each answer. */
export interface Load {
  /** Events in one request. */
  readonly batch: number;
  readonly connections: number;
}

const SPREAD = { conversations: 200, accounts: 1 };

/** The doors that are compared, each a process of its own, while workers empty the queues behind them. */
export async function startDoors(redisUrl: string) {
  await using stack = new AsyncDisposableStack();
  const around = stack.use(await startAround(redisUrl));
  const settings = { ...around.environment, INGRESS_PORT: '0' };
  const start = async (program: string) => stack.use(await startBenchProcess(program, settings));
  const [nothing, add, parley] = await Promise.all([
    start('express-nothing'),
    start('express-add'),
    start('parley-ingress'),
    start('plain-worker'),
    start('parley-worker'),
  ]);
  const { token } = around.secrets;
  let posted = 0;
  const opened = stack.move();
  return {
    doors: { 'express, nothing': nothing, 'express, queue.add': add, Parley: parley },

    /** Posts so many events to one of them, and resolves with how many it was and the milliseconds that it took. */
    async post({ url }: BenchProcess, { batch, connections, events }: Load & { events: number }) {
      const requests = Math.ceil(events / batch);
      const body = () => {
        const list = Array.from({ length: batch }, () => messageTo(SPREAD, posted++).message);
        return JSON.stringify(batch === 1 ? list[0] : list);
      };
      return { accepted: requests * batch, tookMs: await postEvents({ url, token, connections, requests, body }) };
    },

    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
