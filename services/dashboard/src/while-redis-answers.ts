import type { RequestHandler } from 'express';
import { Refusal } from './page/problem.ts';

/** Our connection waits for Redis however long; an operator's browser should rather say that it is down. */
export const whileRedisAnswers =
  (redis: { readonly status: string }): RequestHandler =>
  (_request, response, next) => {
    if (redis.status === 'ready') return next();
    response.set('retry-after', '5');
    next(new Refusal(503, 'Redis does not answer. Nothing is lost that was accepted; try again in a moment.'));
  };
