import { fileURLToPath } from 'node:url';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { z } from 'zod';
import { type ConnectingParts, createConnecting } from './connecting/connecting.ts';
import { createInstall, type InstallParts } from './install.ts';
import { problemPage, send } from './page.ts';
import { pageHeaders } from './page-headers.ts';
import { Refusal } from './refusal.ts';

/** More than the longest form has. */
const MAX_FORM = '16kb';

export function createApp({
  install,
  connecting,
  telemetry,
}: {
  install: InstallParts;
  connecting: ConnectingParts;
  telemetry: Pick<Telemetry, 'logger'>;
}): Express {
  const { begin, finish } = createInstall(install);
  const { show, connect } = createConnecting(connecting);
  const app = express();
  app.disable('x-powered-by');
  app.use(pageHeaders({ formAction: ["'none'"] }), noStore);
  app.use('/assets', express.static(fileURLToPath(new URL('./assets', import.meta.url))));
  app.get('/install', begin);
  app.get('/oauth/callback', finish);
  app.get('/connect', show);
  app.post('/connect', express.urlencoded({ extended: false, limit: MAX_FORM }), connect);
  app.use((_request, response) =>
    send(
      response.status(404),
      problemPage({ what: 'There is no such page.', remedy: 'Open /install to install the app.' }),
    ),
  );
  app.use(answerProblems(telemetry));
  return app;
}

/** What is addressed to one browser goes into no cache. */
const noStore: RequestHandler = (_request, response, next) => {
  response.set('cache-control', 'no-store');
  next();
};

/** Express's own refusals: a form that is too long, an address that cannot be decoded. */
const Malformed = z.object({ status: z.number().int().min(400).max(499) });

const answerProblems =
  ({ logger }: Pick<Telemetry, 'logger'>): ErrorRequestHandler =>
  (error: unknown, _request, response, _next) => {
    if (error instanceof Refusal) {
      const { status, message: what, remedy, said, wayBack, cause } = error;
      logger.warn({ status, what, reason: cause instanceof Error ? cause.message : undefined }, 'refused');
      return send(response.status(status), problemPage({ what, remedy, said, wayBack }));
    }
    const malformed = Malformed.safeParse(error).data;
    if (malformed)
      return send(
        response.status(malformed.status),
        problemPage({ what: 'This request cannot be read.', remedy: 'Go back and try again.' }),
      );
    logger.error({ err: error }, 'a page met a failure');
    send(
      response.status(503),
      problemPage({
        what: 'HubSpot could not be asked just now.',
        remedy: 'Nothing was changed. Try again in a minute.',
      }),
    );
  };
