import { fileURLToPath } from 'node:url';
import type { RateBudget } from '@parley/shared/hubspot/rate-budget';
import type { Logger } from '@parley/shared/logging/logger';
import { openDeadLetters } from '@parley/shared/queues/dead-letters';
import type { OpenQueue } from '@parley/shared/queues/open-queue';
import express, { type Express } from 'express';
import { accountsPage } from './accounts/accounts-page.ts';
import type { Standing } from './accounts/standing.ts';
import { readOnlyBoard } from './board.ts';
import { createDeadLetterRoutes } from './dead-letters/routes.ts';
import { createOverview } from './overview/overview.ts';
import { send } from './page/layout.ts';
import { answerWithPage, noSuchPage } from './page/problem.ts';
import { boardHeaders, pageHeaders } from './security-headers.ts';
import { fromOurPages } from './sign-in/from-our-pages.ts';
import { createSessions } from './sign-in/session.ts';
import { createSignIn } from './sign-in/sign-in.ts';
import { whileRedisAnswers } from './while-redis-answers.ts';

const ASSETS = fileURLToPath(new URL('./assets', import.meta.url));

export type WatchedQueue = Pick<OpenQueue<unknown>, 'definition' | 'lanes' | 'turns' | 'letters' | 'addTurns'>;

export interface Operator {
  readonly name: string;
  readonly password: string;
}

interface AppDeps {
  readonly queues: readonly WatchedQueue[];
  readonly pausedPortals: RateBudget['paused'];
  readonly standing: () => Promise<Standing>;
  readonly redis: { readonly status: string };
  readonly operator: Operator;
  readonly logger: Logger;
}

/** The order is the rule: what stands below `signedIn` is for operators only. */
export function createApp({ queues, pausedPortals, standing, redis, operator, logger }: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => void response.type('text/plain').send('ok\n'));
  app.use(pageHeaders);
  app.use('/assets', express.static(ASSETS, { index: false, maxAge: '1h' }));
  app.use(fromOurPages);

  const signIn = createSignIn({ operator, sessions: createSessions(), logger });
  app.use(signIn.routes);
  app.use(signIn.signedIn);
  app.use(whileRedisAnswers(redis));

  const graveyards = queues.map((queue) => ({ ...openDeadLetters(queue), letters: queue.letters }));
  app.use('/dead-letters', createDeadLetterRoutes({ graveyards, operator: operator.name, logger }));
  app.get('/accounts', async (_request, response) =>
    send(response, accountsPage({ standing: await standing(), operator: operator.name })),
  );
  app.use('/queues', boardHeaders, readOnlyBoard(queues));
  app.get('/', createOverview({ queues, pausedPortals, standing, operator: operator.name }));
  app.use(noSuchPage);
  app.use(answerWithPage(logger));
  return app;
}
