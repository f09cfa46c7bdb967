import { secret } from '@parley/shared/config/load-config';
import { common, hubspotApi, hubspotWebhooks } from '@parley/shared/config/settings';
import { z } from 'zod';

/** What opens HubSpot's API, and what Parley knows of the accounts there. */
export const bridgeShape = {
  REDIS_URL: common.REDIS_URL,
  REDIS_NAMESPACE: common.REDIS_NAMESPACE,
  ...hubspotApi,
};

export const webhookToken = secret(
  'Last part of the webhook addresses that HubSpot is given, a second lock.',
  z.string().min(32),
);

/** What the two sides of the bridge have to agree on, with whichever service of Parley's reads it. */
export const doctorShape = {
  ...bridgeShape,
  PUBLIC_URL: hubspotWebhooks.PUBLIC_URL,
  HUBSPOT_WEBHOOK_TOKEN: webhookToken,
};
