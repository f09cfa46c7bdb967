import type { ConfigOf } from '@parley/shared/config/load-config';
import { common, operationsPort } from '@parley/shared/config/settings';
import { z } from 'zod';

/** What a baseline needs, by the names that Parley gives the same things. */
export const shape = {
  ...common,
  OPS_PORT: operationsPort(0),
  INGRESS_PORT: z.coerce.number().int().describe('port for the bot and for HubSpot'),
  HUBSPOT_API_URL: z.url().describe("where HubSpot's API is"),
  HUBSPOT_CHANNEL_ID: z.string().describe('id of the custom channel'),
  ACCOUNTS: z
    .string()
    .transform((json): unknown => JSON.parse(json))
    .pipe(z.array(z.object({ channelAccountId: z.string(), accessToken: z.string(), botToken: z.string() })))
    .describe('the channel accounts, each with the token of its portal and of its bot, as JSON'),
  BOT_CALLBACK_URL: z.url().describe('where the bots take events'),
  RETRY_PACE: z.coerce.number().positive().default(1).describe('what part of their real length pauses have'),
};

export type BaselineConfig = ConfigOf<typeof shape>;
