import { announceAccount } from '../webhooks/webhook-events.ts';
import type { ChannelAccount, Portal } from './portal.ts';

type New = Pick<ChannelAccount, 'channelId' | 'inboxId' | 'name' | 'authorized' | 'deliveryIdentifier'>;

/** Connects a channel to an inbox, and tells the channel. */
export function addAccount(portal: Portal, given: New): ChannelAccount {
  const account: ChannelAccount = {
    ...given,
    id: portal.ids.account(),
    createdAt: new Date().toISOString(),
    active: portal.settings.newAccounts === 'active',
    archived: false,
  };
  portal.accounts.set(account.id, account);
  announceAccount(portal, account, 'CHANNEL_ACCOUNT_CREATED');
  portal.changes.emit();
  return account;
}

/** The account of the channel in this portal that has the identifier already. */
export const accountWith = (
  portal: Portal,
  { channelId, deliveryIdentifier }: Pick<New, 'channelId' | 'deliveryIdentifier'>,
) =>
  [...portal.accounts.values()].find(
    (account) =>
      !account.archived &&
      account.channelId === channelId &&
      deliveryIdentifier !== undefined &&
      account.deliveryIdentifier?.type === deliveryIdentifier.type &&
      account.deliveryIdentifier.value === deliveryIdentifier.value,
  );

/** Changes what is not the same already, and tells the channel. */
export function updateAccount(
  portal: Portal,
  account: ChannelAccount,
  given: {
    readonly name?: string | undefined;
    readonly authorized?: boolean | undefined;
    readonly active?: boolean;
    readonly archived?: boolean;
  },
): void {
  Object.assign(account, given);
  announceAccount(portal, account, 'CHANNEL_ACCOUNT_UPDATED');
  portal.changes.emit();
}

/** Deletes an account for good, and tells the channel. */
export function purgeAccount(portal: Portal, account: ChannelAccount): void {
  portal.accounts.delete(account.id);
  announceAccount(portal, account, 'CHANNEL_ACCOUNT_PURGED');
  portal.changes.emit();
}
