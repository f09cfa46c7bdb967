import type { ChannelAccountId, ChannelId } from '@parley/shared/contracts/ids';
import type { ChannelAccount, ChannelAccounts } from '@parley/shared/hubspot/channels-accounts';
import { SetUpError } from '@parley/shared/hubspot/channels-calls';
import { Problem, remedyOf } from '../problems.ts';
import { type Check, type Finding, failed, ok, skipped } from './check.ts';

export interface HubSpotParts {
  readonly accounts: Pick<ChannelAccounts, 'inboxes' | 'list' | 'find'>;
  readonly channelId: ChannelId;
  readonly channelAccountId: ChannelAccountId;
}

/** From the token to the inbox. The last ones look at what the ones before them were told. */
export function hubspotChecks({ accounts, channelId, channelAccountId }: HubSpotParts): Check[] {
  let inboxes = new Map<string, string>();
  let account: ChannelAccount | undefined;
  return [
    {
      name: 'HubSpot takes the access token',
      run: () =>
        told(async () => {
          inboxes = new Map((await accounts.inboxes()).map(({ id, name }) => [id, name]));
          return ok('it does');
        }),
    },
    {
      name: 'the app owns the channel',
      run: () =>
        told(async () => {
          await accounts.list();
          return ok(`channel ${channelId}`);
        }),
    },
    {
      name: 'the channel account is in the channel',
      run: () =>
        told(async () => {
          account = await accounts.find(channelAccountId);
          return account ? ok(`channel account ${account.id}`) : unknownAccount(channelAccountId);
        }),
    },
    {
      name: 'the channel account is switched on',
      run: () => Promise.resolve(account ? switchedOn(account) : skipped('there is none')),
    },
    {
      name: 'the inbox exists',
      run: () => Promise.resolve(account ? inboxOf(account, inboxes) : skipped('there is no channel account')),
    },
  ];
}

const unknownAccount = (id: ChannelAccountId) =>
  failed(
    `the channel has no account ${id} in this HubSpot account`,
    'Set HUBSPOT_CHANNEL_ACCOUNT_ID to one that `npm run parley -- accounts list` shows, or add one.',
  );

function switchedOn({ active, authorized, archived, name }: ChannelAccount): Finding {
  if (archived)
    return failed(
      `"${name}" is archived`,
      'Restore it in HubSpot, or add another one: `npm run parley -- accounts add`.',
    );
  if (!authorized)
    return failed(
      `"${name}" is not authorized`,
      'Connect it again in HubSpot: Settings > Inbox & Help Desk > Channels.',
    );
  if (!active)
    return failed(
      `"${name}" is inactive: HubSpot takes no message for it`,
      'An administrator switches it on in HubSpot: Settings > Inbox & Help Desk > the inbox > Channels.',
    );
  return ok(`"${name}" is active and authorized`);
}

function inboxOf({ inboxId }: ChannelAccount, inboxes: ReadonlyMap<string, string>): Finding {
  const name = inboxes.get(inboxId);
  if (name !== undefined) return ok(`"${name}" (${inboxId})`);
  return failed(
    `there is no inbox ${inboxId} any more`,
    'An account cannot move: add another one to an inbox that exists, `npm run parley -- accounts add`.',
  );
}

/** What keeps HubSpot from answering is what the check found. */
async function told(check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof SetUpError) return failed(error.message, remedyOf(error));
    if (error instanceof Problem) return failed(error.message, error.remedy);
    throw error;
  }
}
