import { z } from 'zod';
import { stagingToken } from '../../portal/connecting.ts';
import type { Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { HubSpotError, notFound, parseBody } from '../errors.ts';
import { requireChannel } from '../messages/channels.ts';
import { DeliveryIdentifier } from '../messages/delivery-identifier.ts';
import { refuseTaken, refuseTextIdentifier } from './channel-accounts.ts';

const Update = z.strictObject({ accountName: z.string().trim().min(1), deliveryIdentifier: DeliveryIdentifier });

/** PATCH {channelId}/channel-account-staging-tokens/{accountToken}: which account is being connected. Its ids are numbers. */
export const patchStagingToken: Handler = (portal, { grant, params, body }) => {
  const { id: channelId } = requireChannel(portal, grant, params.channelId ?? '');
  const accountToken = params.accountToken ?? '';
  const token = stagingToken(portal, accountToken);
  if (token?.channelId !== channelId) throw notFound(`Staging token ${accountToken} not found`);
  refuseTextIdentifier(body);
  const given = parseBody(portal.settings.validation === 'strict' ? Update : Update.partial(), body);
  if (token.channelAccountId !== undefined)
    throw new HubSpotError(409, {
      message: `Staging token ${accountToken} is connected already`,
      category: 'CONFLICT',
    });
  refuseTaken(portal, { channelId, deliveryIdentifier: given.deliveryIdentifier });
  Object.assign(token, given);
  portal.changes.emit();
  return ok({
    accountToken,
    createdAt: token.createdAt,
    genericChannelId: Number(channelId),
    inboxId: Number(token.inboxId),
    userId: token.userId,
    accountName: token.accountName,
    deliveryIdentifier: token.deliveryIdentifier,
  });
};
