import type { Logger } from '@parley/shared/logging/logger';
import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import { send } from '../page/layout.ts';
import { Refusal } from '../page/problem.ts';
import { createActs, type Graveyard } from './act.ts';
import { deadLettersPage, type Objection } from './dead-letters-page.ts';
import { Outcome } from './outcome.ts';

/** Dead letters on one page. */
const PAGE = 20;

const Place = z.object({ queue: z.string().optional(), page: z.coerce.number().int().min(1).max(1_000_000).catch(1) });

const Discard = z.object({
  reason: z
    .string('Say why it may be forgotten.')
    .trim()
    .min(1, 'Say why it may be forgotten.')
    .max(300, 'At most 300 characters, please.'),
});

/** `GET /` the letters of one queue; `POST /<queue>/<id>/replay` and `…/discard`, each answered by a redirect to the outcome. */
export function createDeadLetterRoutes(deps: {
  graveyards: readonly Graveyard[];
  operator: string;
  logger: Pick<Logger, 'info'>;
}): Router {
  const { graveyards, operator, logger } = deps;
  const acts = createActs({ operator, logger });
  const routes = express.Router();
  const form = express.urlencoded({ extended: false, limit: '4kb' });

  function graveyardOf(queue: string): Graveyard {
    const found = graveyards.find((graveyard) => graveyard.queue === queue);
    if (!found) throw new Refusal(404, 'There is no queue of this name.');
    return found;
  }

  async function show(
    response: Response,
    at: z.infer<typeof Place>,
    also: { outcome?: Outcome; objection?: Objection },
  ) {
    const counts = await Promise.all(graveyards.map(async (each) => (await each.list({ limit: 1 })).total));
    const tabs = graveyards.map(({ queue }, position) => ({ queue, count: counts[position] ?? 0 }));
    const queue = at.queue ?? (tabs.find((tab) => tab.count > 0) ?? tabs[0])?.queue ?? '';
    const graveyard = graveyardOf(queue);
    const last = Math.max(1, Math.ceil((tabs.find((tab) => tab.queue === queue)?.count ?? 0) / PAGE));
    const page = Math.min(at.page, last);
    const { letters } = await graveyard.list({ offset: (page - 1) * PAGE, limit: PAGE });
    send(response, deadLettersPage({ tabs, queue, letters, page, last, operator, now: Date.now(), ...also }));
  }

  routes.get('/', async (request, response) => {
    const outcome = Outcome.safeParse(request.query).data;
    await show(response, Place.parse(request.query), outcome ? { outcome } : {});
  });

  routes.post('/:queue/:id/replay', form, async (request, response) => {
    const { queue, id } = request.params;
    tell(response, queue, await acts.replay(graveyardOf(queue), id));
  });

  routes.post('/:queue/:id/discard', form, async (request, response) => {
    const { queue, id } = request.params;
    const graveyard = graveyardOf(queue);
    const asked = Discard.safeParse(request.body ?? {});
    if (!asked.success) {
      const problem = asked.error.issues[0]?.message ?? '';
      return show(response.status(422), { ...Place.parse(request.query), queue }, { objection: { id, problem } });
    }
    tell(response, queue, await acts.discard(graveyard, id, asked.data.reason));
  });

  return routes;
}

function tell(response: Response, queue: string, outcome: Outcome): void {
  const query = new URLSearchParams({ queue, outcome: outcome.outcome });
  if (outcome.outcome === 'replayed' && outcome.later !== undefined) query.set('later', String(outcome.later));
  response.redirect(303, `/dead-letters?${query}`);
}
