import { fileURLToPath } from 'node:url';
import express, { type Express, type RequestHandler } from 'express';
import type { Conversations } from './bot/conversations.ts';
import { FILES_ROUTE, type Files } from './bot/files.ts';
import type { Talk } from './bot/talk.ts';
import { createChatApi } from './web/chat-api.ts';
import { createDownloads, createUploads } from './web/files-api.ts';
import { answerWithProblem } from './web/problem.ts';

const PAGE = fileURLToPath(new URL('./chat-page', import.meta.url));

/** Scripts, styles and connections of this origin only, so that words in a chat can never become code. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const secured: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  next();
};

interface AppDeps {
  readonly conversations: Conversations;
  readonly files: Files;
  readonly talk: Talk;
  readonly callback: RequestHandler[];
}

/** `/` the page, `/chat` what the page calls, `/parley` what Parley calls, `/files` what both read. */
export function createApp({ conversations, files, talk, callback }: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(secured);
  // The signature covers the bytes as they came, so nothing may parse them first.
  app.post('/parley', express.raw({ type: () => true, limit: '1mb' }), ...callback);
  // Before JSON is parsed: a file may be of any type.
  app.use('/chat', createUploads({ conversations, files }));
  app.use('/chat', express.json({ limit: '64kb' }), createChatApi({ conversations, files, talk }));
  app.use(FILES_ROUTE, createDownloads({ files }));
  app.use(express.static(PAGE));
  app.use(answerWithProblem);
  return app;
}
