import type { Logger } from '@parley/shared/logging/logger';
import { isDeadLetterId } from '@parley/shared/queues/lane';
import express, { type RequestHandler, type RequestParamHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import { Refusal } from '../page/problem.ts';
import { createActs, type Graveyard } from './act.ts';
import { createList, Place } from './list.ts';
import { Outcome } from './outcome.ts';

const Discard = z.object({
  reason: z
    .string('Say why it may be forgotten.')
    .trim()
    .min(1, 'Say why it may be forgotten.')
    .max(300, 'At most 300 characters, please.'),
});

interface RoutesDeps {
  readonly graveyards: readonly Graveyard[];
  readonly operator: string;
  readonly logger: Pick<Logger, 'info'>;
}

type OneLetter = RequestHandler<{ queue: string; id: string }>;

/** `GET /` the letters of one queue; `POST /<queue>/<id>/replay` and `…/discard`, each answered by a redirect to the outcome. */
export function createDeadLetterRoutes(deps: RoutesDeps): Router {
  const { show, replay, discard } = createHandlers(deps);
  const form = express.urlencoded({ extended: false, limit: '4kb' });
  return express
    .Router()
    .param('id', onlyLetters)
    .get('/', show)
    .post('/:queue/:id/replay', replay)
    .post('/:queue/:id/discard', form, discard);
}

const onlyLetters: RequestParamHandler = (_request, _response, next, id) =>
  next(isDeadLetterId(id) ? undefined : new Refusal(404, 'There is no dead letter of this name.'));

function createHandlers(deps: RoutesDeps): { show: RequestHandler; replay: OneLetter; discard: OneLetter } {
  const { graveyards } = deps;
  const acts = createActs(deps);
  const list = createList(deps);

  function graveyardOf(queue: string): Graveyard {
    const found = graveyards.find((graveyard) => graveyard.queue === queue);
    if (!found) throw new Refusal(404, 'There is no queue of this name.');
    return found;
  }

  return {
    async show(request, response) {
      const { queue, page } = Place.parse(request.query);
      const outcome = Outcome.safeParse(request.query).data;
      await list(response, { graveyard: queue === undefined ? undefined : graveyardOf(queue), page, outcome });
    },

    async replay({ params: { queue, id } }, response) {
      tell(response, queue, await acts.replay(graveyardOf(queue), id));
    },

    async discard(request, response) {
      const { queue, id } = request.params;
      const graveyard = graveyardOf(queue);
      const asked = Discard.safeParse(request.body ?? {});
      if (asked.success) return tell(response, queue, await acts.discard(graveyard, id, asked.data.reason));
      const problem = asked.error.issues[0]?.message ?? '';
      const { page } = Place.parse(request.query);
      await list(response.status(422), { graveyard, page, objection: { id, problem } });
    },
  };
}

function tell(response: Response, queue: string, outcome: Outcome): void {
  const query = new URLSearchParams({ queue, outcome: outcome.outcome });
  if (outcome.outcome === 'replayed' && outcome.later !== undefined) query.set('later', String(outcome.later));
  response.redirect(303, `/dead-letters?${query}`);
}
