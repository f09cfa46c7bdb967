import { fileURLToPath } from 'node:url';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { createInstall, type InstallParts } from './install.ts';
import { problemPage, send } from './page.ts';

const CONTENT = {
  'default-src': ["'none'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

const noStore: RequestHandler = (_request, response, next) => {
  response.set('cache-control', 'no-store');
  next();
};

export function createApp({ install }: { install: InstallParts }): Express {
  const { begin, finish } = createInstall(install);
  const app = express();
  app.disable('x-powered-by');
  // The address of the callback holds a code: it goes to nobody as a referrer, and into no cache.
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: CONTENT },
      referrerPolicy: { policy: 'no-referrer' },
    }),
    noStore,
  );
  app.use('/assets', express.static(fileURLToPath(new URL('./assets', import.meta.url))));
  app.get('/install', begin);
  app.get('/oauth/callback', finish);
  app.use((_request, response) =>
    send(response.status(404), problemPage('There is no such page.', 'Open /install to install the app.')),
  );
  const failed: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    install.telemetry.logger.error({ err: error }, 'an install met a failure');
    send(
      response.status(503),
      problemPage('HubSpot could not be asked just now.', 'Nothing was changed. Open /install again in a minute.'),
    );
  };
  app.use(failed);
  return app;
}
