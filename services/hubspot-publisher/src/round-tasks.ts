import { openAccountLooks } from '@parley/shared/accounts/account-looks';
import type { Accounts } from '@parley/shared/accounts/accounts';
import type { PortalId } from '@parley/shared/contracts/ids';
import { openWatchedHandoffs } from '@parley/shared/conversations/watched-handoffs';
import { createChannelAccounts } from '@parley/shared/hubspot/channels-accounts';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import type { ForAccount, Surroundings } from './for-account.ts';
import { lookAtAccounts } from './look-at-accounts.ts';
import { reconcile } from './reconcile.ts';
import type { RoundsParts, Task } from './rounds.ts';

/** The lead over the rounds outlives it. */
const LOOK_TIMEOUT_MS = 10_000;

/** In a round, of all portals. */
const MOST_LOOKS = 50;

interface Parts extends Surroundings {
  readonly accounts: Accounts;
  readonly forAccount: (account: string) => Promise<ForAccount>;
  readonly telemetry: Telemetry;
}

/** A round asks each portal about the channel accounts that may have changed, and for what its webhooks left out. */
export function createRoundTasks(parts: Parts): RoundsParts['tasks'] {
  const { config, redis, namespace, accounts, forAccount, accessTo, telemetry } = parts;
  const looks = openAccountLooks({ redis, namespace });
  const watched = openWatchedHandoffs({ redis, namespace });
  const channelAccountsOf = (portal: PortalId) =>
    createChannelAccounts({
      ...accessTo(portal),
      apiVersion: config.HUBSPOT_API_VERSION,
      channelId: config.HUBSPOT_CHANNEL_ID,
      timeoutMs: LOOK_TIMEOUT_MS,
    });

  return async () => {
    const due = Map.groupBy(await looks.due({ count: MOST_LOOKS }), ({ portal }) => portal);
    const claimed = Map.groupBy(await accounts.claimed(), ({ portal }) => portal);
    const lookingAt = [...due].map(([portal, dueThere]): [string, Task] => [
      `look at the accounts of portal ${portal}`,
      (mayGoOn) => {
        const hubspot = channelAccountsOf(portal);
        return lookAtAccounts(dueThere, { looks, accounts, hubspot, logger: telemetry.logger }, mayGoOn);
      },
    ]);
    const reconciling = [...claimed].map(([portal, there]): [string, Task] => [
      `reconcile portal ${portal}`,
      async (mayGoOn) => {
        const served = there.map(async ({ account }) => ({ account, hubspot: (await forAccount(account)).hubspot }));
        await reconcile({ ...parts, portal, watched, accounts: await Promise.all(served) }, mayGoOn);
      },
    ]);
    return new Map([...lookingAt, ...reconciling]);
  };
}
