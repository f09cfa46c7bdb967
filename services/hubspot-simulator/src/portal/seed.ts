import { ALL_SCOPES } from '../api/authenticate.ts';
import type { Channel, ChannelAccount, Inbox, Portal } from './portal.ts';
import type { DeliveryIdentifier } from './wire.ts';

export interface Seed {
  readonly channel: Channel;
  readonly channelAccountId: string;
  readonly accessToken: string;
  readonly accountName: string;
  readonly deliveryIdentifier: DeliveryIdentifier;
  /** `INBOX` when not given. */
  readonly inboxType?: Inbox['type'] | undefined;
}

const INBOX_ID = '481939';
const NEVER = Number.POSITIVE_INFINITY;

/** What the seeded channel may do, unless a test wants otherwise. */
export const CAPABILITIES = {
  deliveryIdentifierTypes: ['CHANNEL_SPECIFIC_OPAQUE_ID', 'HS_EMAIL_ADDRESS', 'HS_PHONE_NUMBER'],
  richText: ['HYPERLINK', 'BOLD', 'ITALIC', 'LISTS'],
  allowOutgoingMessages: true,
  allowInlineImages: true,
  allowConversationStart: false,
  allowMultipleRecipients: false,
  outgoingAttachmentTypes: ['FILE', 'QUICK_REPLIES'],
  allowedFileAttachmentMimeTypes: ['image/*', 'application/pdf', 'text/plain'],
  maxFileAttachmentCount: 3,
  maxFileAttachmentSizeBytes: 10_000_000,
  maxTotalFileAttachmentSizeBytes: 20_000_000,
};

/**
 * Furnishes a portal with one inbox that one app's channel is connected to, and gives the app a token with all
 * scopes. Returns the channel account.
 */
export function seed(portal: Portal, given: Seed): ChannelAccount {
  const { channel } = given;
  const createdAt = new Date().toISOString();
  portal.grants.set(given.accessToken, { appId: channel.appId, scopes: ALL_SCOPES, expiresAt: NEVER });
  portal.inboxes.set(INBOX_ID, {
    id: INBOX_ID,
    name: 'Conversations Inbox',
    type: given.inboxType ?? 'INBOX',
    createdAt,
  });
  const account: ChannelAccount = {
    id: given.channelAccountId,
    channelId: channel.id,
    inboxId: INBOX_ID,
    createdAt,
    name: given.accountName,
    deliveryIdentifier: given.deliveryIdentifier,
    active: true,
    authorized: true,
    archived: false,
  };
  portal.accounts.set(account.id, account);
  return account;
}
