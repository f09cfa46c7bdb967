import type { ChannelId } from '@parley/shared/contracts/ids';
import type { ChannelAccount, ChannelAccounts } from '@parley/shared/hubspot/channels-accounts';
import { SetUpError } from '@parley/shared/hubspot/channels-calls';
import { remedyOf } from '../problems.ts';
import { type Check, type Finding, failed, ok, skipped, warned } from './check.ts';
import { told } from './told.ts';

interface PortalParts {
  readonly hubspot: Pick<ChannelAccounts, 'inboxes' | 'list'>;
  readonly channelId: ChannelId;
}

/** The way into one HubSpot account. */
export function portalChecks({ hubspot, channelId }: PortalParts): Check[] {
  let listed: Promise<ChannelAccount[]> | undefined;
  const list = () => {
    listed ??= hubspot.list();
    return listed;
  };
  return [
    {
      name: 'HubSpot takes the access token',
      run: () =>
        told(async () => {
          await hubspot.inboxes();
          return ok('it does');
        }),
    },
    { name: 'its scopes and its plan open custom channels', run: () => opened(list()) },
    {
      name: 'the app owns the channel',
      run: () =>
        told(async () => {
          await list();
          return ok(`channel ${channelId}`);
        }),
    },
    { name: 'no two accounts look the same to agents', run: () => told(async () => twins(await list())) },
  ];
}

/** No API tells the plan. HubSpot refuses who lacks it as it refuses who lacks the scopes, before it looks for the channel. */
async function opened(asked: Promise<unknown>): Promise<Finding> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    if (error.problem === 'permission') return failed(error.message, remedyOf(error));
    if (error.problem !== 'channel') return skipped('HubSpot did not answer');
  }
  return ok('HubSpot names no plan, and lets the app in');
}

/** HubSpot keeps identifiers apart, and names not. */
function twins(accounts: readonly ChannelAccount[]): Finding {
  const alike = Map.groupBy(accounts, ({ inboxId, name }) => `"${name.trim().toLowerCase()}" in inbox ${inboxId}`);
  const several = [...alike].filter(([, { length }]) => length > 1);
  if (several.length === 0) return ok('they do not');
  return warned(
    several.map(([where, same]) => `${same.map(({ id }) => id).join(' and ')} are ${where}`).join('; '),
    'Archive in HubSpot those that no bot has: what agents write there is lost. `npm run parley -- accounts list` shows whose each is.',
  );
}
