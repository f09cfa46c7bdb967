import type { ConfigOf } from '@parley/shared/config/load-config';
import { common, operationsPort } from '@parley/shared/config/settings';
import { z } from 'zod';

/** What a baseline needs, by the names that Parley gives the same things. */
export const shape = {
  ...common,
  OPS_PORT: operationsPort(0),
  INGRESS_PORT: z.coerce.number().int().describe('port for the bot and for HubSpot'),
  HUBSPOT_API_URL: z.url().describe("where HubSpot's API is"),
  HUBSPOT_ACCESS_TOKEN: z.string().describe('access token of the app'),
  HUBSPOT_CHANNEL_ID: z.string().describe('id of the custom channel'),
  HUBSPOT_CHANNEL_ACCOUNT_ID: z.string().describe('id of the channel account'),
  BOT_CALLBACK_URL: z.url().describe('where the bot takes events'),
  RETRY_PACE: z.coerce.number().positive().default(1).describe('what part of their real length pauses have'),
};

export type BaselineConfig = ConfigOf<typeof shape>;
