import { z } from 'zod';
import { accountWith, addAccount, updateAccount } from '../../portal/channel-accounts.ts';
import type { ChannelAccount, Portal } from '../../portal/portal.ts';
import type { Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { emptyUpdate, HubSpotError, invalid, notFound, parseBody } from '../errors.ts';
import { requireChannel } from '../messages/channels.ts';
import { DeliveryIdentifier } from '../messages/delivery-identifier.ts';
import { totalPageOf } from '../paging.ts';

/** GET {channelId}/channel-accounts: of this portal, in pages, by type and value of the identifier when asked for. */
export const listAccounts: Handler = (portal, { grant, params, query }) => {
  const channel = requireChannel(portal, grant, params.channelId ?? '');
  const isAmong = (name: string, value: string | undefined) =>
    !query.has(name) || (value !== undefined && query.getAll(name).includes(value));
  const accounts = [...portal.accounts.values()].filter(
    ({ channelId, archived, deliveryIdentifier }) =>
      channelId === channel.id &&
      archived === (query.get('archived') === 'true') &&
      isAmong('deliveryIdentifierType', deliveryIdentifier?.type) &&
      isAmong('deliveryIdentifierValue', deliveryIdentifier?.value),
  );
  return ok(totalPageOf(accounts, query));
};

/** GET {channelId}/channel-accounts/{channelAccountId} */
export const getAccount: Handler = (portal, { grant, params, query }) => {
  const channel = requireChannel(portal, grant, params.channelId ?? '');
  const account = accountOf(portal, channel.id, params.channelAccountId);
  if (account.archived !== (query.get('archived') === 'true')) throw unknownAccount(account.id);
  return ok(account);
};

const Create = z.strictObject({
  inboxId: z.string(),
  name: z.string().trim().min(1),
  authorized: z.boolean(),
  deliveryIdentifier: DeliveryIdentifier.optional(),
});

/** POST {channelId}/channel-accounts: 201, or 409 when the identifier is taken. */
export const createAccount: Handler = (portal, { grant, params, body }) => {
  const channel = requireChannel(portal, grant, params.channelId ?? '');
  refuseTextIdentifier(body);
  const strict = portal.settings.validation === 'strict';
  const given = parseBody(strict ? Create : Create.extend({ authorized: z.boolean().default(true) }), body);
  if (!portal.inboxes.has(given.inboxId))
    throw invalid({
      message: `Inbox ${given.inboxId} not found`,
      in: 'inboxId',
      context: { inboxId: [given.inboxId] },
    });
  const asked = { ...given, deliveryIdentifier: given.deliveryIdentifier, channelId: channel.id };
  refuseTaken(portal, asked);
  return { status: 201, body: addAccount(portal, asked) };
};

const Update = z.object({ name: z.string().trim().min(1), authorized: z.boolean() }).partial();

/** PATCH {channelId}/channel-accounts/{channelAccountId}: name and authorized. Other fields are passed over. */
export const patchAccount: Handler = (portal, { grant, params, body }) => {
  const channel = requireChannel(portal, grant, params.channelId ?? '');
  const account = accountOf(portal, channel.id, params.channelAccountId);
  const given = parseBody(Update, body);
  if (Object.keys(given).length === 0) throw emptyUpdate();
  updateAccount(portal, account, given);
  return ok(account);
};

/** What the guide shows, and HubSpot's parser does not take. */
export function refuseTextIdentifier(body: unknown): void {
  if (!z.object({ deliveryIdentifier: z.string() }).safeParse(body).success) return;
  throw new HubSpotError(400, {
    message:
      'Invalid input JSON on line 4, column 25: Cannot construct instance of `com.hubspot.conversations.PublicDeliveryIdentifier$Json` (although at least one Creator exists): no String-argument constructor/factory method to deserialize from String value',
  });
}

/** HubSpot's words for this are in no source; the 409 is. */
export function refuseTaken(portal: Portal, asked: Pick<ChannelAccount, 'channelId' | 'deliveryIdentifier'>): void {
  const taken = accountWith(portal, asked);
  if (!taken) return;
  throw new HubSpotError(409, {
    message: `A channel account with this delivery identifier already exists: ${taken.id}`,
    category: 'CONFLICT',
    context: { channelAccountId: [taken.id] },
  });
}

function accountOf(portal: Portal, channelId: string, id = ''): ChannelAccount {
  const account = portal.accounts.get(id);
  if (account?.channelId !== channelId) throw unknownAccount(id);
  return account;
}

const unknownAccount = (id: string) => notFound(`Channel account ${id} not found`, { channelAccountId: [id] });
