import { openAccountLooks } from '@parley/shared/accounts/account-looks';
import type { Accounts } from '@parley/shared/accounts/accounts';
import type { PortalId } from '@parley/shared/contracts/ids';
import { openWatchedHandoffs } from '@parley/shared/conversations/watched-handoffs';
import { createChannelAccounts } from '@parley/shared/hubspot/channels-accounts';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import type { ForAccount, Surroundings } from './for-account.ts';
import { lookAtAccounts } from './look-at-accounts.ts';
import { reconcile } from './reconcile.ts';
import type { MayGoOn, RoundsParts } from './rounds.ts';

/** The lead over the rounds outlives it. */
const LOOK_TIMEOUT_MS = 10_000;

/** A round asks about the channel accounts that changed, and looks for what the webhooks of each account left out. */
export function createRoundTasks({
  config,
  redis,
  namespace,
  conversations,
  accessTo,
  acceptAgentDelivery,
  accounts,
  forAccount,
  telemetry,
}: Surroundings & {
  readonly accounts: Accounts;
  readonly forAccount: (account: string) => Promise<ForAccount>;
  readonly telemetry: Telemetry;
}): RoundsParts['tasks'] {
  const watched = openWatchedHandoffs({ redis, namespace });
  const looks = openAccountLooks({ redis, namespace });
  const channelAccountsOf = (portal: PortalId) =>
    createChannelAccounts({
      ...accessTo(portal),
      apiVersion: config.HUBSPOT_API_VERSION,
      channelId: config.HUBSPOT_CHANNEL_ID,
      timeoutMs: LOOK_TIMEOUT_MS,
    });
  return async () => [
    (mayGoOn: MayGoOn) => lookAtAccounts({ looks, accounts, channelAccountsOf, logger: telemetry.logger }, mayGoOn),
    ...(await accounts.claimed()).map(({ portal, account }) => async (mayGoOn: MayGoOn) => {
      const { hubspot } = await forAccount(account);
      await reconcile({ portal, account, hubspot, conversations, watched, acceptAgentDelivery, telemetry }, mayGoOn);
    }),
  ];
}
