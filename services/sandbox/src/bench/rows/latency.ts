import { setTimeout as pause } from 'node:timers/promises';
import { serve } from '@parley/shared/http/serve';
import express from 'express';
import { Pool } from 'undici';
import { startAround } from '../around-parley.ts';
import { startBenchRedis } from '../bench-redis.ts';
import { atMost, type Figure, type Values } from '../figure.ts';
import { messageTo } from '../messages.ts';
import { startBenchProcess } from '../processes/bench-process.ts';
import { interleaved, quantile } from '../rounds.ts';
import type { Row, Size } from '../row.ts';

/** Messages a second: a quiet evening, and more than one portal of HubSpot's takes. */
const LOADS = { low: 20, medium: 200 };
const SECONDS: Record<Size, number> = { tiny: 1, usual: 4, nightly: 30 };
const ROUNDS: Record<Size, number> = { tiny: 1, usual: 3, nightly: 7 };
const SPREAD = { conversations: 200, accounts: 1 };

export const latency: Row = {
  name: 'latency',
  about: (size) =>
    `from the bot's POST to the call of the other side, at ${LOADS.low} and ${LOADS.medium} messages a second for ${SECONDS[size]} s; the goal holds what each adds to a direct call`,
  async measure(size) {
    await using redis = await startBenchRedis();
    await using around = await startAround(redis.url);
    await using upstream = await startUpstream();
    const settings = { ...around.environment, INGRESS_PORT: '0', UPSTREAM_URL: upstream.url };
    await using stack = new AsyncDisposableStack();
    const start = async (program: string, more = {}) =>
      stack.use(await startBenchProcess(program, { ...settings, ...more }));
    // Whatever makes sure of a message before it delivers it waits for Redis once more than plain BullMQ.
    const asking = { REDIS_URL: `${redis.url}/1`, ASKS_FIRST: 'yes' };
    const [direct, add, addAsking, parley] = await Promise.all([
      start('express-direct'),
      start('express-add'),
      start('express-add', asking),
      start('parley-ingress'),
      start('plain-worker'),
      start('plain-worker', asking),
      start('parley-worker'),
    ]);
    const shapes = { 'direct call': direct, 'plain BullMQ': add, 'plain BullMQ + PING': addAsking, Parley: parley };
    const token = around.secrets.token;

    const figures: Figure[] = [];
    for (const [load, perSecond] of Object.entries(LOADS)) {
      const run = (url: string, seconds: number) => () => upstream.latencies({ url, token, perSecond, seconds });
      for (const { url } of Object.values(shapes)) await run(url, 1)(); // compiles, uncounted
      const medians = await interleaved(
        ROUNDS[size],
        Object.fromEntries(Object.entries(shapes).map(([name, { url }]) => [name, run(url, SECONDS[size])])),
      );
      for (const measure of ['p50', 'p99'] as const) {
        const values = medians(measure);
        figures.push({ what: `${measure} at ${load} load`, unit: 'ms', values, goal: goalOf(values) });
      }
    }
    return figures;
  },
};

function goalOf(values: Values) {
  const added = Object.fromEntries(
    Object.entries(values).map(([name, ms]) => [name, ms - (values['direct call'] ?? Number.NaN)]),
  );
  return atMost({ wanted: 1.2, of: 'Parley', to: 'plain BullMQ' }, added);
}

interface Load {
  readonly url: string;
  readonly token: string;
  readonly perSecond: number;
  readonly seconds: number;
}

let sent = 0;

/** The other side, in this process, so that one clock measures both ends. */
async function startUpstream() {
  const arrivals = new Map<string, (at: number) => void>();
  const app = express().post('/', express.text({ type: () => true }), ({ body }, response) => {
    arrivals.get(String(body))?.(performance.now());
    response.end();
  });
  const served = await serve(app, { port: 0, host: '127.0.0.1' });

  /** Posts at fixed times, whatever has been answered: a slow answer makes nobody wait to speak. */
  async function latencies({ url, token, perSecond, seconds }: Load) {
    await using stack = new AsyncDisposableStack();
    const pool = stack.adopt(new Pool(url, { connections: 64 }), (opened) => opened.close());
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const one = async () => {
      const { message } = messageTo(SPREAD, sent++);
      const arrived = Promise.withResolvers<number>();
      arrivals.set(message.id, arrived.resolve);
      const sentAt = performance.now();
      const answer = await pool.request({ path: '/v1/events', method: 'POST', headers, body: JSON.stringify(message) });
      await answer.body.dump();
      const ms = (await arrived.promise) - sentAt;
      arrivals.delete(message.id);
      return ms;
    };
    const startedAt = performance.now();
    const under: Promise<number>[] = [];
    for (let n = 0; n < perSecond * seconds; n += 1) {
      await pause(Math.max(0, startedAt + (n * 1_000) / perSecond - performance.now()));
      under.push(one());
    }
    const all = await Promise.all(under);
    return { p50: quantile(all, 0.5), p99: quantile(all, 0.99) };
  }

  return { url: served.url, latencies, [Symbol.asyncDispose]: () => served[Symbol.asyncDispose]() };
}
