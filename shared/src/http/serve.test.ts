import { once } from 'node:events';
import { Agent, request, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { createWatch } from '../testing/watch.ts';
import { serve } from './serve.ts';

/** A server that answers when the test says so. */
async function setup(graceMs = 20_000) {
  const asked: ServerResponse[] = [];
  const watch = createWatch();
  const served = await serve(
    (_request, response) => {
      asked.push(response);
      watch.changed();
    },
    { port: 0, host: '127.0.0.1', graceMs },
  );
  return { served, asked, inHand: () => watch.until(() => asked.length > 0, 'a request is in hand') };
}

/** As a load balancer asks: the connection is kept for the next request. */
function keepingClient() {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = async (url: string) => {
    const outgoing = request(url, { agent }).end();
    const [response] = await once(outgoing, 'response');
    return await text(response);
  };
  return { ask, [Symbol.dispose]: () => agent.destroy() };
}

test('the address names the port that the system chose, and a port that is taken is an error', async () => {
  await using first = await serve((_request, response) => response.end('first'), { port: 0 });
  expect(await (await fetch(first.url)).text()).toBe('first');
  const port = Number(new URL(first.url).port);
  await expect(serve(() => {}, { port })).rejects.toThrow(`port ${port} is taken: end what has it, or choose another`);
});

test('at the end the request in hand is answered, and a new connection is refused meanwhile', async () => {
  const { served, asked, inHand } = await setup();
  const answer = fetch(served.url);
  await inHand();
  const ended = served[Symbol.asyncDispose]();
  await expect(fetch(served.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  asked[0]?.end('last words');
  expect(await (await answer).text()).toBe('last words');
  await ended;
});

test('the end does not wait for a client that keeps its connection, neither idle nor after its last answer', async () => {
  using client = keepingClient();
  using idle = keepingClient();
  const { served, asked, inHand } = await setup();
  const first = idle.ask(served.url);
  await inHand();
  asked.pop()?.end('idle from now on');
  await first;
  const second = client.ask(served.url);
  await inHand();
  const startedAt = performance.now();
  const ended = served[Symbol.asyncDispose]();
  asked.pop()?.end('done');
  expect(await second).toBe('done');
  await ended;
  expect(performance.now() - startedAt).toBeLessThan(10_000); // the grace is 20 s
});

test('a request that is not answered within the grace is cut', async () => {
  const { served, inHand } = await setup(20);
  const answer = fetch(served.url).catch((error: unknown) => error);
  await inHand();
  await served[Symbol.asyncDispose]();
  expect(await answer).toMatchObject({ message: 'fetch failed' });
});
