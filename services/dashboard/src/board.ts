import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { OpenQueue } from '@parley/shared/queues/open-queue';
import express, { type RequestHandler, type Router } from 'express';
import { Refusal } from './page/problem.ts';

export type BoardQueue = Pick<OpenQueue<unknown>, 'definition' | 'turns' | 'letters'>;

/** Below this path; bull-board writes it into its page. */
const PATH = '/queues';

/** bull-board over turns and dead letters, to look at. What operators may change they change on our own pages. */
export function readOnlyBoard(queues: readonly BoardQueue[]): Router {
  const adapter = new ExpressAdapter().setBasePath(PATH);
  createBullBoard({
    queues: queues.flatMap(({ definition, turns, letters }) => [
      new BullMQAdapter(turns, {
        readOnlyMode: true,
        description: `One job for each turn of a conversation of ${definition.name}; its messages wait in the conversation's lane.`,
      }),
      lettersAdapter(letters, definition.name),
    ]),
    serverAdapter: adapter,
    options: {
      uiConfig: {
        boardTitle: 'Parley',
        boardLogo: { path: '/assets/parley.svg', width: 28, height: 28 },
        favIcon: { default: '/assets/parley.svg', alternative: 'static/favicon-32x32.png' },
        miscLinks: [
          { text: 'Overview', url: '/' },
          { text: 'Dead letters', url: '/dead-letters' },
          { text: 'Accounts', url: '/accounts' },
        ],
        hideDocsLink: true,
      },
    },
  });

  const router = express.Router();
  router.use(onlyReading, withoutForeignFonts, adapter.getRouter());
  return router;
}

function lettersAdapter(letters: BoardQueue['letters'], of: string): BullMQAdapter {
  const adapter = new BullMQAdapter(letters, {
    readOnlyMode: true,
    description: `Dead letters of ${of}. Replay and discard them under “Dead letters”.`,
  });
  // Dead letters have no worker, by design. Unknown shows nothing, where none would show as an alarm.
  adapter.getWorkers = async () => null;
  return adapter;
}

/** bull-board changes things by PUT, POST and PATCH only; it must not depend on what its own read-only mode leaves out. */
const onlyReading: RequestHandler = (request, _response, next) =>
  next(
    request.method === 'GET' || request.method === 'HEAD'
      ? undefined
      : new Refusal(403, 'bull-board is for looking only. Replay and discard dead letters at /dead-letters.'),
  );

const FONTS = /<link href="https:\/\/fonts\.googleapis\.com[^>]*>/;

/** bull-board's page asks Google for its typeface. Nobody outside learns who looks at this dashboard; the system's typeface serves. */
const withoutForeignFonts: RequestHandler = (_request, response, next) => {
  const render = response.render.bind(response);
  response.render = (view: string, parts?: object) =>
    render(view, parts, (error, page) => (error ? next(error) : response.send(page.replace(FONTS, ''))));
  next();
};
