import type { ClaimedAccount } from '@parley/shared/accounts/account';
import type { Accounts } from '@parley/shared/accounts/accounts';
import type { Request, RequestHandler } from 'express';
import { Problem } from './problem.ts';

const letIn = new WeakMap<Request, ClaimedAccount>();

/** The channel account of the bot that {@link requireBot} let in. */
export function accountOfBot(request: Request): ClaimedAccount {
  const account = letIn.get(request);
  if (!account) throw new Error('the route is not guarded by requireBot');
  return account;
}

/** Lets a bot in, by its token, before anything of the body is read. */
export function requireBot({ findByToken }: Pick<Accounts, 'findByToken'>): RequestHandler {
  return async (request, _response, next) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    const account = token === undefined ? undefined : await findByToken(token);
    if (!account) throw unknownBot(token === undefined ? 'no bearer token' : 'wrong bearer token');
    refuseDisabled(account);
    letIn.set(request, account);
    next();
  };
}

const unknownBot = (reason: string) =>
  new Problem('unauthorized', {
    detail: 'send Authorization: Bearer and the token that `parley accounts add` gave for the bot',
    reason,
    headers: { 'www-authenticate': 'Bearer realm="parley"' },
  });

/** Words that can go nowhere are not taken: the bot hears it at once, and can tell its visitor. */
function refuseDisabled({ account, bot }: ClaimedAccount): void {
  if (bot.disabledAt === undefined) return;
  throw new Problem('account-disabled', {
    detail: `channel account ${account} is disabled: an operator opens it with \`parley accounts enable\``,
  });
}
