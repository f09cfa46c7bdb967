import { type Served, serve } from '@parley/shared/http/serve';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { BaselineConfig } from './config.ts';
import { type Words, wordsFromBot, wordsFromHubSpot } from './words.ts';

/** Takes words; what it throws is a 503 to whoever brought them, who brings them again. */
export type Take = (words: Words) => Promise<void>;

/**
 * The door of a baseline, under the addresses of Parley's. It believes HubSpot without a look at the signature, which costs less. At `/pending`
 * it says how many conversations it holds in its own memory.
 */
export async function serveWords(
  { INGRESS_PORT: port, ACCOUNTS }: BaselineConfig,
  parts: { fromBot: Take; fromHubSpot: Take; pending?: () => number },
): Promise<Served> {
  const { fromBot, fromHubSpot, pending = () => 0 } = parts;
  const app = express();
  app.use(express.json({ limit: '1mb' }));
  app.post('/v1/events', takeFromBot(ACCOUNTS, fromBot));
  app.post('/v1/hubspot/channel/:token', takeFromHubSpot(fromHubSpot));
  app.post('/v1/hubspot/events/:token', (_request, response) => void response.json({}));
  app.get('/pending', (_request, response) => void response.send(String(pending())));
  app.use(unavailable);
  return serve(app, { port, host: '127.0.0.1' });
}

const takeFromBot =
  (accounts: BaselineConfig['ACCOUNTS'], take: Take): RequestHandler =>
  async (request, response) => {
    const account = accounts.find(({ botToken }) => request.get('authorization') === `Bearer ${botToken}`);
    if (!account) return void response.status(401).json({});
    const words = wordsFromBot(request.body, account.channelAccountId);
    for (const each of words) await take(each);
    response.status(202).json({ accepted: words.length });
  };

const takeFromHubSpot =
  (take: Take): RequestHandler =>
  async (request, response) => {
    await take(wordsFromHubSpot(request.body));
    response.json({ accepted: 1 });
  };

const unavailable: ErrorRequestHandler = (_error, _request, response, _next) => void response.status(503).json({});
