import type { ChannelId } from '@parley/shared/contracts/ids';
import type { ChannelAccounts } from '@parley/shared/hubspot/channels-accounts';
import { type Check, ok } from './check.ts';
import { told } from './told.ts';

/** The way into one HubSpot account. */
export const portalChecks = ({
  hubspot,
  channelId,
}: {
  hubspot: Pick<ChannelAccounts, 'inboxes' | 'list'>;
  channelId: ChannelId;
}): Check[] => [
  {
    name: 'HubSpot takes the access token',
    run: () =>
      told(async () => {
        await hubspot.inboxes();
        return ok('it does');
      }),
  },
  {
    name: 'the app owns the channel',
    run: () =>
      told(async () => {
        await hubspot.list();
        return ok(`channel ${channelId}`);
      }),
  },
];
