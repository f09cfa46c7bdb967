import type { Told } from '@parley/shared/accounts/account';
import type { AccountLooks } from '@parley/shared/accounts/account-looks';
import type { Accounts } from '@parley/shared/accounts/accounts';
import type { PortalId } from '@parley/shared/contracts/ids';
import { RetryableError } from '@parley/shared/failures';
import type { ChannelAccount, ChannelAccounts } from '@parley/shared/hubspot/channels-accounts';
import { SetUpError } from '@parley/shared/hubspot/channels-calls';
import type { Logger } from '@parley/shared/logging/logger';

interface Parts {
  readonly looks: Pick<AccountLooks, 'due' | 'done' | 'postpone'>;
  readonly accounts: Pick<Accounts, 'remember'>;
  readonly channelAccountsOf: (portal: PortalId) => Pick<ChannelAccounts, 'find'>;
  readonly logger: Logger;
}

/** In a round. */
const MOST_LOOKS = 10;

/** A portal that does not let us look, such as one without an install, is asked again after this. */
const ASK_AGAIN_MS = 10 * 60_000;

/** Learns how the accounts stand that HubSpot said were made, changed or deleted. Dying anywhere repeats a look. */
export async function lookAtAccounts(
  { looks, accounts, channelAccountsOf, logger }: Parts,
  mayGoOn: () => Promise<boolean>,
): Promise<void> {
  for (const look of await looks.due({ count: MOST_LOOKS })) {
    if (!(await mayGoOn())) return;
    const { portal, account } = look;
    try {
      const told = toldOf(await channelAccountsOf(portal).find(account));
      await accounts.remember({ portal, account }, told);
      await looks.done(look);
      logger[told.state === 'active' ? 'info' : 'warn']({ portal, account, state: told.state }, 'channel account');
    } catch (error) {
      if (!(error instanceof SetUpError || error instanceof RetryableError)) throw error;
      logger.warn({ portal, account, reason: error.message }, 'a channel account could not be looked at');
      await looks.postpone(look, { inMs: ASK_AGAIN_MS });
    }
  }
}

/** As it is to be remembered; undefined is what HubSpot does not have. */
function toldOf(account: ChannelAccount | undefined): Told {
  const at = Date.now();
  if (!account) return { state: 'gone', at };
  return { state: stateOf(account), name: account.name, inboxId: account.inboxId, at };
}

const stateOf = ({ archived, authorized, active }: ChannelAccount): Told['state'] =>
  archived ? 'archived' : authorized ? (active ? 'active' : 'inactive') : 'unauthorized';
