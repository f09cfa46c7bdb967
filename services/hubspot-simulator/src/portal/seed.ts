import { ALL_SCOPES } from '../api/authenticate.ts';
import type { ChannelAccount, Portal } from './portal.ts';
import type { DeliveryIdentifier } from './wire.ts';

export interface Seed {
  readonly appId: string;
  readonly channelId: string;
  readonly channelAccountId: string;
  readonly accessToken: string;
  readonly accountName: string;
  readonly deliveryIdentifier: DeliveryIdentifier;
}

const INBOX_ID = '481939';
const NEVER = Number.POSITIVE_INFINITY;

/**
 * Furnishes a portal with one inbox that one app's channel is connected to, and gives the app a token with all
 * scopes. Returns the channel account.
 */
export function seed(portal: Portal, given: Seed): ChannelAccount {
  portal.grants.set(given.accessToken, { appId: given.appId, scopes: ALL_SCOPES, expiresAt: NEVER });
  portal.inboxes.set(INBOX_ID, {
    id: INBOX_ID,
    name: 'Conversations Inbox',
    type: 'INBOX',
    createdAt: new Date().toISOString(),
  });
  portal.channels.set(given.channelId, { id: given.channelId, appId: given.appId });
  const account: ChannelAccount = {
    id: given.channelAccountId,
    channelId: given.channelId,
    inboxId: INBOX_ID,
    name: given.accountName,
    deliveryIdentifier: given.deliveryIdentifier,
    active: true,
    authorized: true,
    archived: false,
  };
  portal.accounts.set(account.id, account);
  return account;
}
