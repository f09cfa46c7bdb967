import type { RequestHandler } from 'express';
import { matchesSecret } from './matches-secret.ts';
import { Problem } from './problem.ts';

/** Lets the bot in, by its token, before anything of the body is read. */
export function requireBearer(token: string): RequestHandler {
  const isToken = matchesSecret(token);
  return (request, _response, next) => {
    const [, given] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    if (given !== undefined && isToken(given)) return next();
    throw new Problem('unauthorized', {
      detail: 'send Authorization: Bearer and the token that Parley runs with (BOT_TOKEN)',
      reason: given === undefined ? 'no bearer token' : 'wrong bearer token',
      headers: { 'www-authenticate': 'Bearer realm="parley"' },
    });
  };
}
