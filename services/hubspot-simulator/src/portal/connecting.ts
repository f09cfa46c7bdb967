import { randomUUID } from 'node:crypto';
import { accountWith, addAccount } from './channel-accounts.ts';
import type { HubSpot } from './hubspot.ts';
import type { ChannelAccount, Portal } from './portal.ts';
import type { DeliveryIdentifier } from './wire.ts';

/** An account on its way: an administrator has chosen the channel, and the app has yet to say which account it is. */
export interface StagingToken {
  readonly accountToken: string;
  readonly createdAt: string;
  readonly channelId: string;
  readonly inboxId: string;
  readonly userId: number;
  accountName: string | undefined;
  deliveryIdentifier: DeliveryIdentifier | undefined;
  /** Set when it is done. */
  channelAccountId: string | undefined;
}

const ADMINISTRATOR = 222_222;

/**
 * What happens when an administrator picks the channel at the settings of an inbox: gives the address that HubSpot opens in a popup.
 * Throws when the channel has none.
 */
export function startConnecting(
  hubspot: HubSpot,
  { portal, channelId, inboxId }: { readonly portal: Portal; readonly channelId: string; readonly inboxId: string },
): string {
  const page = hubspot.channels.get(channelId)?.channelAccountConnectionRedirectUrl;
  if (page === undefined) throw new Error(`channel ${channelId} has no channelAccountConnectionRedirectUrl`);
  const token: StagingToken = {
    accountToken: randomUUID(),
    createdAt: new Date().toISOString(),
    channelId,
    inboxId,
    userId: ADMINISTRATOR,
    accountName: undefined,
    deliveryIdentifier: undefined,
    channelAccountId: undefined,
  };
  portal.stagingTokens.set(token.accountToken, token);
  const url = new URL(page);
  const redirectUrl = `${hubspot.fileHost.url}/connected/${portal.id}/${token.accountToken}`;
  for (const [name, value] of Object.entries({
    accountToken: token.accountToken,
    channelId,
    inboxId,
    portalId: portal.id,
    redirectUrl,
  }))
    url.searchParams.set(name, value);
  return url.href;
}

/** The token while it holds. How long that is, no source tells. */
export function stagingToken(portal: Portal, accountToken: string): StagingToken | undefined {
  const token = portal.stagingTokens.get(accountToken);
  const until = Date.parse(token?.createdAt ?? '') + portal.settings.stagingTokenSeconds * 1_000;
  return until > Date.now() ? token : undefined;
}

/** What happens when the popup is sent back: the account is there. Undefined as long as the app has not said which one. */
export function finishConnecting(portal: Portal, token: StagingToken): ChannelAccount | undefined {
  const { channelId, inboxId, accountName: name, deliveryIdentifier } = token;
  if (name === undefined || deliveryIdentifier === undefined) return undefined;
  const known =
    portal.accounts.get(token.channelAccountId ?? '') ?? accountWith(portal, { channelId, deliveryIdentifier });
  const account = known ?? addAccount(portal, { channelId, inboxId, name, authorized: true, deliveryIdentifier });
  token.channelAccountId = account.id;
  return account;
}
