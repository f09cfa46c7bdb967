import type { Told } from '@parley/shared/accounts/account';
import type { AccountLooks, DueLook } from '@parley/shared/accounts/account-looks';
import type { Accounts } from '@parley/shared/accounts/accounts';
import { RetryableError } from '@parley/shared/failures';
import type { ChannelAccount, ChannelAccounts } from '@parley/shared/hubspot/channels-accounts';
import { SetUpError } from '@parley/shared/hubspot/channels-calls';
import type { Logger } from '@parley/shared/logging/logger';
import type { MayGoOn } from './rounds.ts';

interface Parts {
  readonly looks: Pick<AccountLooks, 'end'>;
  readonly accounts: Pick<Accounts, 'find' | 'remember'>;
  /** Of the portal that the accounts are of. */
  readonly hubspot: Pick<ChannelAccounts, 'find'>;
  readonly logger: Logger;
}

/** A bot's account is looked at so often at least: HubSpot may lose the word of a change, or have answered wrongly. */
const EACH_MS = 60 * 60_000;

/** A portal that does not let us look, such as one without an install, is asked again after this. */
const ASK_AGAIN_MS = 10 * 60_000;

/** Learns how accounts of one portal stand. Dying anywhere repeats a look. */
export async function lookAtAccounts(due: readonly DueLook[], parts: Parts, mayGoOn: MayGoOn): Promise<void> {
  const { looks, accounts, hubspot, logger } = parts;
  for (const look of due) {
    if (!(await mayGoOn())) return;
    const { portal, account } = look;
    try {
      const told = toldOf(await hubspot.find(account));
      await accounts.remember(look, told);
      await looks.end(look, (await accounts.find(account)) ? { againInMs: EACH_MS } : {});
      logger[told.state === 'active' ? 'info' : 'warn']({ portal, account, state: told.state }, 'channel account');
    } catch (error) {
      if (!(error instanceof SetUpError || error instanceof RetryableError)) throw error;
      logger.warn({ portal, account, reason: error.message }, 'a channel account could not be looked at');
      await looks.end(look, { againInMs: ASK_AGAIN_MS });
    }
  }
}

/** As it is to be remembered; undefined is what HubSpot does not have. */
export function toldOf(account: ChannelAccount | undefined): Told {
  const at = Date.now();
  if (!account) return { state: 'gone', at };
  return { state: stateOf(account), name: account.name, inboxId: account.inboxId, at };
}

const stateOf = ({ archived, authorized, active }: ChannelAccount): Told['state'] =>
  archived ? 'archived' : authorized ? (active ? 'active' : 'inactive') : 'unauthorized';
