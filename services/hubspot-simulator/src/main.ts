import { secret } from '@parley/shared/config/load-config';
import { withSettings } from '@parley/shared/process/with-settings';
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
  HUBSPOT_APP_ID: digits('the app that owns the channel').default('123456'),
  HUBSPOT_CLIENT_ID: z.string().min(1).optional().describe('the app at the consent and for tokens'),
  HUBSPOT_DEVELOPER_KEY: secret('opens the endpoints of channels', z.string().min(1).optional()),
  OAUTH_REDIRECT_URL: z.url().optional().describe('where the consent leads back to'),
  CHANNEL_WEBHOOK_URL: z.url().optional().describe("where agents' messages go"),
  EVENTS_WEBHOOK_URL: z.url().optional().describe('where conversation.* events go'),
};

await withSettings(shape, process.env, async (env) => {
  const simulator = await startHubSpotSimulator({
    port: env.SIMULATOR_PORT,
    host: env.SIMULATOR_HOST,
    accessToken: env.HUBSPOT_ACCESS_TOKEN,
    clientSecret: env.HUBSPOT_CLIENT_SECRET,
    appId: env.HUBSPOT_APP_ID,
    ...(env.HUBSPOT_CLIENT_ID !== undefined && { clientId: env.HUBSPOT_CLIENT_ID }),
    ...(env.HUBSPOT_DEVELOPER_KEY !== undefined && { developerKey: env.HUBSPOT_DEVELOPER_KEY }),
    ...(env.OAUTH_REDIRECT_URL !== undefined && { redirectUrls: [env.OAUTH_REDIRECT_URL] }),
    portalId: env.HUBSPOT_PORTAL_ID,
    channelId: env.HUBSPOT_CHANNEL_ID,
    channelAccountId: env.HUBSPOT_CHANNEL_ACCOUNT_ID,
    channelWebhookUrl: env.CHANNEL_WEBHOOK_URL,
    eventsWebhookUrl: env.EVENTS_WEBHOOK_URL,
  });
  process.stdout.write(`HubSpot simulator: API at ${simulator.url}, inbox at ${simulator.inboxUrl}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void simulator[Symbol.asyncDispose]());
});
