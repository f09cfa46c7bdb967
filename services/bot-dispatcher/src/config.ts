import { type ConfigOf, secret } from '@parley/shared/config/load-config';
import { account, common, httpUrl, hubspotApi, hubspotWebhooks, operationsPort } from '@parley/shared/config/settings';
import { z } from 'zod';

/** As Standard Webhooks writes a symmetric key: 24 to 64 random bytes. */
const SIGNING_SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

export const shape = {
  ...common,
  ...account,
  ...hubspotApi,
  ...hubspotWebhooks,
  BOT_CALLBACK_URL: httpUrl().describe("Where the bot takes Parley's events."),
  BOT_SIGNING_SECRET: secret(
    'Signs every event to the bot (Standard Webhooks), for example `whsec_$(openssl rand -base64 32)`.',
    z
      .string()
      .regex(
        SIGNING_SECRET,
        'must be whsec_ and the base64 of 24 to 64 random bytes: `echo whsec_$(openssl rand -base64 32)`',
      ),
  ),
  OPS_PORT: operationsPort(9465),
};

export type DispatcherConfig = ConfigOf<typeof shape>;
