import type { Account, ClaimedAccount } from '@parley/shared/accounts/account';
import type { Accounts } from '@parley/shared/accounts/accounts';
import type { LapsedConsent } from '@parley/shared/hubspot/oauth/installs';

/** A channel account that no bot has. */
export interface UnclaimedAccount extends Account {
  /** Those that came for it and could not be delivered. */
  readonly webhooks: number;
}

/** How Parley and HubSpot's accounts stand to each other. */
export interface Standing {
  /** By portal. */
  readonly claimed: readonly ClaimedAccount[];
  /** Without those that HubSpot has deleted: nobody can do anything about them. */
  readonly unclaimed: readonly UnclaimedAccount[];
  readonly lapsed: readonly LapsedConsent[];
}

export async function readStanding(sources: {
  accounts: Pick<Accounts, 'list' | 'claimed' | 'unclaimed'>;
  lapsedConsents: () => Promise<LapsedConsent[]>;
}): Promise<Standing> {
  const { accounts, lapsedConsents } = sources;
  const [claimed, known, counted, lapsed] = await Promise.all([
    accounts.claimed(),
    accounts.list(),
    accounts.unclaimed(),
    lapsedConsents(),
  ]);
  const unclaimed = new Map<string, UnclaimedAccount>();
  for (const account of [...counted, ...known])
    unclaimed.set(account.account, { webhooks: 0, ...unclaimed.get(account.account), ...account });
  for (const { account } of claimed) unclaimed.delete(account);
  return {
    claimed: claimed.toSorted(byPortal),
    unclaimed: [...unclaimed.values()].filter(({ told }) => told?.state !== 'gone').toSorted(byPortal),
    lapsed,
  };
}

const byPortal = (one: Account, other: Account) => Number(one.portal) - Number(other.portal);

/** Its words cannot cross, and nobody wanted that. */
export const standsStill = ({ bot, told }: ClaimedAccount): boolean =>
  bot.disabledAt === undefined && told !== undefined && told.state !== 'active';

/** Agents wrote into it, and nobody heard them. */
export const isWrittenInto = ({ webhooks }: UnclaimedAccount): boolean => webhooks > 0;
