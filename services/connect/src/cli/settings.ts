import { secret } from '@parley/shared/config/load-config';
import { account, common, httpUrl, hubspotApi, hubspotWebhooks } from '@parley/shared/config/settings';
import { z } from 'zod';

/** What opens HubSpot's API for the portal, and one channel of it. */
export const accountsShape = {
  REDIS_URL: common.REDIS_URL,
  REDIS_NAMESPACE: common.REDIS_NAMESPACE,
  HUBSPOT_PORTAL_ID: account.HUBSPOT_PORTAL_ID,
  HUBSPOT_CHANNEL_ID: account.HUBSPOT_CHANNEL_ID,
  ...hubspotApi,
};

export const webhookToken = secret(
  'Last part of the webhook addresses that HubSpot is given, a second lock.',
  z.string().min(32),
);

/** What the two sides of the bridge have to agree on, with whichever service of Parley's reads it. */
export const doctorShape = {
  ...accountsShape,
  ...account,
  PUBLIC_URL: hubspotWebhooks.PUBLIC_URL,
  HUBSPOT_WEBHOOK_TOKEN: webhookToken,
  BOT_TOKEN: secret('The token that the bot sends as `Authorization: Bearer`.'),
  BOT_CALLBACK_URL: httpUrl().describe("Where the bot takes Parley's events."),
  BOT_SIGNING_SECRET: secret(
    'Signs every event to the bot (Standard Webhooks): `echo whsec_$(openssl rand -base64 32)`.',
    z.string().startsWith('whsec_', 'must begin with whsec_'),
  ),
};
