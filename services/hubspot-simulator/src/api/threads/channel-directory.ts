import type { Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { isVisible } from '../channels/channels.ts';
import { notFound } from '../errors.ts';
import { totalPageOf } from '../paging.ts';

/** GET channels, of whichever app, by name. */
export const listConversationChannels: Handler = (portal, { query }) =>
  ok(
    totalPageOf(
      [...portal.channels.values()].filter(isVisible).map(({ id, name }) => ({ id, name })),
      query,
    ),
  );

/** GET channel-accounts of all channels, by channel and inbox when asked for. */
export const listConversationAccounts: Handler = (portal, { query }) => {
  const isAmong = (name: string, value: string) => !query.has(name) || query.getAll(name).includes(value);
  const accounts = [...portal.accounts.values()].filter(
    ({ channelId, inboxId, archived }) =>
      archived === (query.get('archived') === 'true') && isAmong('channelId', channelId) && isAmong('inboxId', inboxId),
  );
  return ok(totalPageOf(accounts, query));
};

/** GET channel-accounts/{channelAccountId} */
export const getConversationAccount: Handler = (portal, { params, query }) => {
  const id = params.channelAccountId ?? '';
  const account = portal.accounts.get(id);
  if (account?.archived !== (query.get('archived') === 'true')) throw notFound(`Channel account ${id} not found`);
  return ok(account);
};
