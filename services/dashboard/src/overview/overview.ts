import type { RateBudget } from '@parley/shared/hubspot/rate-budget';
import type { RequestHandler } from 'express';
import type { Standing } from '../accounts/standing.ts';
import type { WatchedQueue } from '../app.ts';
import { send } from '../page/layout.ts';
import { overviewPage } from './overview-page.ts';
import { retryOf } from './retry.ts';
import { surveyQueue } from './survey-queue.ts';

/** Rows of the table of lanes, for each queue. */
const MOST_ROWS = 25;

/** Seconds. Often enough to watch a queue drain. */
const REFRESH = '5';

/** `/` shows how the queues stand now; `/?fresh=yes` has the browser load it again and again. */
export const createOverview =
  (deps: {
    queues: readonly WatchedQueue[];
    pausedPortals: RateBudget['paused'];
    standing: () => Promise<Standing>;
    operator: string;
  }): RequestHandler =>
  async (request, response) => {
    const { queues, operator } = deps;
    const surveys = await Promise.all(
      queues.map(async (queue) => {
        const survey = await surveyQueue(queue);
        const longest = survey.lanes.slice(0, MOST_ROWS);
        const rows = await Promise.all(longest.map(async (lane) => ({ ...lane, retry: await retryOf(queue, lane) })));
        return { ...survey, rows };
      }),
    );
    const fresh = request.query.fresh === 'yes';
    if (fresh) response.set('refresh', REFRESH);
    const [pauses, standing] = await Promise.all([deps.pausedPortals(), deps.standing()]);
    send(response, overviewPage({ surveys, pauses, standing, operator, fresh, now: Date.now() }));
  };
