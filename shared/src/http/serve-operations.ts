import { setTimeout as pause } from 'node:timers/promises';
import type { Registry } from 'prom-client';
import { type Served, serve } from './serve.ts';

/** Sooner than platforms give up on a probe, and long enough for a Redis that is busy. */
const READY_WITHIN_MS = 2_000;

/**
 * The port that the platform looks at, not the world: `/healthz` (the process lives), `/readyz` (`ready` resolves in time: a
 * worker's Redis connection waits for ever while Redis is away), `/metrics` (Prometheus).
 */
export const serveOperations = (
  {
    registry,
    ready,
    readyWithinMs = READY_WITHIN_MS,
  }: { registry: Registry; ready: () => Promise<unknown>; readyWithinMs?: number },
  address: { port: number; host?: string },
): Promise<Served> =>
  serve((request, response) => {
    const answer = (status: number, body: string, type = 'text/plain') =>
      response.writeHead(status, { 'content-type': type }).end(body);
    switch (request.url) {
      case '/healthz':
        return answer(200, 'ok\n');
      case '/readyz':
        return void within(readyWithinMs, ready()).then(
          () => answer(200, 'ready\n'),
          () => answer(503, 'not ready\n'),
        );
      case '/metrics':
        return void registry.metrics().then((text) => answer(200, text, registry.contentType));
      default:
        return answer(404, 'not found\n');
    }
  }, address);

async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  const late = pause(limitMs, undefined, { signal: done.signal }).then(() => {
    throw new Error(`not within ${limitMs} ms`);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
