import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import express, { type Express, type RequestHandler, Router } from 'express';
import { answerProblems } from './answer-problems.ts';
import { notFound, Problem } from './problem.ts';

/** A place that takes one method alone. `guard` runs for every method, before anything else. */
export interface Route {
  /** POST when it is not said. */
  readonly method?: 'get' | 'post';
  /** As logs and metrics name it: without what a sender put into the address. */
  readonly name: string;
  readonly path: string;
  readonly guard: RequestHandler;
  readonly handlers: readonly RequestHandler[];
}

export interface AppDeps {
  readonly telemetry: Telemetry;
  readonly routes: readonly Route[];
  /** Resolves when something could be accepted now. */
  readonly ready: () => Promise<unknown>;
}

/** Every answer that is no success is a problem+json, and one line in the log. */
export function createApp({ telemetry, routes, ready }: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag'); // nobody asks for the same answer twice
  // Nothing here is a page: of the headers that browsers heed this one has a meaning, and each costs every accept.
  app.use((_request, response, next) => {
    response.set('x-content-type-options', 'nosniff');
    next();
  });
  app.get('/healthz', (_request, response) => void response.type('text/plain').send('ok\n'));
  app.get('/readyz', async (_request, response) => {
    const isReady = await ready().then(
      () => true,
      () => false,
    );
    response
      .status(isReady ? 200 : 503)
      .type('text/plain')
      .send(isReady ? 'ready\n' : 'not ready\n');
  });
  for (const { name, path, guard, handlers, method = 'post' } of routes) {
    const router = Router();
    router.all(path, guard);
    router[method](path, ...handlers);
    router.all(path, refuseMethod(method.toUpperCase()));
    app.use(router.use(answerProblems({ telemetry, route: name })));
  }
  app.use(() => {
    throw notFound('unknown address');
  });
  app.use(answerProblems({ telemetry, route: 'none' }));
  return app;
}

const refuseMethod =
  (allow: string): RequestHandler =>
  () => {
    throw new Problem('method-not-allowed', { detail: `use ${allow}`, headers: { allow } });
  };
