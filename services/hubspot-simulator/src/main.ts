import { loadConfig, secret } from '@parley/shared/config/load-config';
import { z } from 'zod';
import { startHubSpotSimulator } from './service.ts';

const digits = (what: string) => z.string().regex(/^\d+$/, 'must be digits').describe(what);
const shape = {
  SIMULATOR_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3002)
    .describe('port of the API and the inbox page'),
  SIMULATOR_HOST: z.string().default('127.0.0.1').describe('address to listen on; 0.0.0.0 in a container'),
  HUBSPOT_ACCESS_TOKEN: secret('the token that the bridge calls with', z.string().min(1)),
  HUBSPOT_CLIENT_SECRET: secret('signs the webhooks'),
  HUBSPOT_PORTAL_ID: digits('the HubSpot account that is played'),
  HUBSPOT_CHANNEL_ID: digits('its custom channel'),
  HUBSPOT_CHANNEL_ACCOUNT_ID: digits("the channel's connection to the inbox"),
  CHANNEL_WEBHOOK_URL: z.url().optional().describe("where agents' messages go"),
  EVENTS_WEBHOOK_URL: z.url().optional().describe('where conversation.* events go'),
};

const env = loadConfig(shape, process.env);
const simulator = await startHubSpotSimulator({
  port: env.SIMULATOR_PORT,
  host: env.SIMULATOR_HOST,
  accessToken: env.HUBSPOT_ACCESS_TOKEN,
  clientSecret: env.HUBSPOT_CLIENT_SECRET,
  portalId: env.HUBSPOT_PORTAL_ID,
  channelId: env.HUBSPOT_CHANNEL_ID,
  channelAccountId: env.HUBSPOT_CHANNEL_ACCOUNT_ID,
  channelWebhookUrl: env.CHANNEL_WEBHOOK_URL,
  eventsWebhookUrl: env.EVENTS_WEBHOOK_URL,
});
process.stdout.write(`HubSpot simulator: API at ${simulator.url}, inbox at ${simulator.inboxUrl}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator[Symbol.asyncDispose]());
