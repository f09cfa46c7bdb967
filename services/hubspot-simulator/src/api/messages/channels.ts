import type { Channel, ChannelAccount, Grant, Portal } from '../../portal/portal.ts';
import { isVisible } from '../channels/channels.ts';
import { channelDoesNotExist, invalid, notFound } from '../errors.ts';

/** A channel is there for its own app only. */
export function requireChannel(portal: Portal, grant: Grant, channelId: string): Channel {
  const channel = portal.channels.get(channelId);
  if (channel?.appId !== grant.appId || !isVisible(channel)) throw channelDoesNotExist(channelId);
  return channel;
}

/** The account to publish through. HubSpot's words for these refusals are in no source; only that they refuse is certain. */
export function usableAccount(portal: Portal, channelId: string, id: string): ChannelAccount {
  const account = portal.accounts.get(id);
  if (!account || account.channelId !== channelId || account.archived)
    throw notFound(`Channel account ${id} not found in channel ${channelId}`, { channelAccountId: [id] });
  if (account.active && account.authorized) return account;
  const why = account.active ? 'not authorized' : 'inactive';
  throw invalid({ message: `Channel account ${id} is ${why}`, in: 'channelAccountId' });
}
