import { expect, test } from '@jest/globals';
import { Counter, Registry } from 'prom-client';
import { serveOperations } from './serve-operations.ts';

async function setup({ ready, readyWithinMs }: { ready: () => Promise<unknown>; readyWithinMs?: number }) {
  const registry = new Registry();
  new Counter({ name: 'parley_test_total', help: 'For this test', registers: [registry] }).inc(3);
  const bound = readyWithinMs === undefined ? {} : { readyWithinMs };
  const served = await serveOperations({ registry, ready, ...bound }, { port: 0, host: '127.0.0.1' });
  const get = async (path: string) => {
    const response = await fetch(served.url + path);
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };
  return { get, [Symbol.asyncDispose]: () => served[Symbol.asyncDispose]() };
}

test('a process lives whether it is ready or not, and is ready as soon as what it needs answers', async () => {
  let redisAnswers = false;
  await using operations = await setup({
    ready: async () => {
      if (!redisAnswers) throw new Error('connect ECONNREFUSED 10.0.0.7:6379');
    },
  });
  expect(await operations.get('/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
  expect(await operations.get('/readyz')).toMatchObject({ status: 503, text: 'not ready\n' });
  redisAnswers = true;
  expect(await operations.get('/readyz')).toMatchObject({ status: 200, text: 'ready\n' });
});

test('what does not answer in time is not ready: the probe is answered, though a patient connection waits for ever', async () => {
  await using operations = await setup({ ready: () => new Promise(() => {}), readyWithinMs: 20 });
  expect((await operations.get('/readyz')).status).toBe(503);
});

test('metrics are in the form that Prometheus reads', async () => {
  await using operations = await setup({ ready: async () => 'PONG' });
  const { status, type, text } = await operations.get('/metrics');
  expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  expect(text).toContain('\nparley_test_total 3\n');
});

test('nothing else is served', async () => {
  await using operations = await setup({ ready: async () => 'PONG' });
  expect((await operations.get('/')).status).toBe(404);
  expect((await operations.get('/metrics/../../etc')).status).toBe(404);
});
