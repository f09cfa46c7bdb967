import type { Written } from '@parley/shared/accounts/accounts';
import { Problem } from '../problems.ts';

/** Says why nothing was written of an account. */
export function refuseUnwritten(written: Written, account: string): void {
  if (written === 'changed')
    throw new Problem(
      `Somebody changed channel account ${account} just now`,
      'Look at it, and give the command again.',
    );
  if (written === 'token-taken')
    throw new Problem(
      "Another account's bot has this BOT_TOKEN, and the token says whose events they are",
      'Give each account a token of its own, or leave BOT_TOKEN and BOT_SIGNING_SECRET out of the environment.',
    );
}
