import type { Registry } from 'prom-client';
import { type Served, serve } from './serve.ts';

/**
 * The port that the platform looks at, not the world: `/healthz` (the process lives), `/readyz` (`ready` resolves),
 * `/metrics` (Prometheus).
 */
export const serveOperations = (
  { registry, ready }: { registry: Registry; ready: () => Promise<unknown> },
  address: { port: number; host?: string },
): Promise<Served> =>
  serve((request, response) => {
    const answer = (status: number, body: string, type = 'text/plain') =>
      response.writeHead(status, { 'content-type': type }).end(body);
    switch (request.url) {
      case '/healthz':
        return answer(200, 'ok\n');
      case '/readyz':
        return void ready().then(
          () => answer(200, 'ready\n'),
          () => answer(503, 'not ready\n'),
        );
      case '/metrics':
        return void registry.metrics().then((text) => answer(200, text, registry.contentType));
      default:
        return answer(404, 'not found\n');
    }
  }, address);
