import type { ChannelAccountId } from '@parley/shared/contracts/ids';
import type { ChannelAccount, ChannelAccounts, Inbox } from '@parley/shared/hubspot/channels-accounts';
import { REMEDY } from '../problems.ts';
import { type Check, type Finding, failed, ok, skipped } from './check.ts';
import { told } from './told.ts';

export interface AccountParts {
  readonly hubspot: Pick<ChannelAccounts, 'inboxes' | 'find'>;
  readonly account: ChannelAccountId;
}

/** One connection of the channel to an inbox. The last ones look at what the first was told. */
export function accountChecks({ hubspot, account: id }: AccountParts): Check[] {
  let account: ChannelAccount | undefined;
  return [
    {
      name: 'it is in the channel',
      run: () =>
        told(async () => {
          account = await hubspot.find(id);
          return account ? ok(`"${account.name}"`) : unknownAccount(id);
        }),
    },
    {
      name: 'it is switched on',
      run: () => Promise.resolve(account ? switchedOn(account) : skipped('there is none')),
    },
    {
      name: 'its inbox exists',
      run: () =>
        told(async () => (account ? inboxOf(account, await hubspot.inboxes()) : skipped('there is no account'))),
    },
  ];
}

const unknownAccount = (id: ChannelAccountId) =>
  failed(
    `the channel has no account ${id} in this HubSpot account`,
    'Connect another one: `npm run parley -- accounts add`. `accounts list` shows those that there are.',
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
      'Open it with `npm run parley -- accounts enable`, or connect it again in HubSpot: Settings > Inbox & Help Desk > Channels.',
    );
  if (!active) return failed(`"${name}" is inactive: HubSpot takes no message for it`, REMEDY.inactive);
  return ok(`"${name}" is active and authorized`);
}

function inboxOf({ inboxId }: ChannelAccount, inboxes: readonly Inbox[]): Finding {
  const inbox = inboxes.find(({ id }) => id === inboxId);
  if (inbox) return ok(`"${inbox.name}" (${inboxId})`);
  return failed(
    `there is no inbox ${inboxId} any more`,
    'An account cannot move: add another one to an inbox that exists, `npm run parley -- accounts add`.',
  );
}
