import { loadConfig, secret } from '@parley/shared/config/load-config';
import { hubspotApi, hubspotWebhooks } from '@parley/shared/config/settings';
import { type Channels, createChannels } from '@parley/shared/hubspot/channels';
import { SetUpError } from '@parley/shared/hubspot/channels-calls';
import type { DeveloperAccess } from '@parley/shared/hubspot/event-subscriptions';
import { z } from 'zod';
import { connectUrl } from '../../config.ts';
import { Problem, REMEDY } from '../problems.ts';
import { webhookToken } from '../settings.ts';
import type { Wish } from './plan.ts';

/** Of each call: a person waits for it. */
const TIMEOUT_MS = 5_000;

export const shape = {
  HUBSPOT_DEVELOPER_KEY: secret(
    "The developer account's key: Development > Keys > Developer API key.",
    z.string().min(1),
  ),
  HUBSPOT_APP_ID: z.string().regex(/^\d+$/, 'must be digits').describe('Id of the app that is to own the channel.'),
  HUBSPOT_CHANNEL_ID: hubspotApi.HUBSPOT_CHANNEL_ID.optional(),
  HUBSPOT_WEBHOOK_TOKEN: webhookToken,
  HUBSPOT_API_URL: hubspotApi.HUBSPOT_API_URL,
  HUBSPOT_API_VERSION: hubspotApi.HUBSPOT_API_VERSION,
  PUBLIC_URL: hubspotWebhooks.PUBLIC_URL,
  CONNECT_URL: connectUrl.optional(),
};

/** The app at HubSpot, as its developer reaches it. */
export interface App {
  readonly access: DeveloperAccess;
  readonly channels: Channels;
  /** What its channel is to be. */
  readonly wish: Omit<Wish, 'name'>;
  /** Where its event subscriptions are to go. */
  readonly eventsUrl: string;
}

/** Throws a `ConfigError`. */
export function openApp(env: NodeJS.ProcessEnv): App {
  const config = loadConfig(shape, env);
  const access = {
    apiUrl: config.HUBSPOT_API_URL,
    developerKey: config.HUBSPOT_DEVELOPER_KEY,
    appId: config.HUBSPOT_APP_ID,
    timeoutMs: TIMEOUT_MS,
  };
  const webhooks = `${config.PUBLIC_URL}/v1/hubspot`;
  return {
    access,
    channels: createChannels({ ...access, apiVersion: config.HUBSPOT_API_VERSION }),
    wish: {
      webhookUrl: `${webhooks}/channel/${config.HUBSPOT_WEBHOOK_TOKEN}`,
      connectUrl: config.CONNECT_URL && new URL('/connect', config.CONNECT_URL).href,
      channelId: config.HUBSPOT_CHANNEL_ID,
    },
    eventsUrl: `${webhooks}/events/${config.HUBSPOT_WEBHOOK_TOKEN}`,
  };
}

/** The developer's key has remedies of its own. */
export async function asDeveloper<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    if (error.problem === 'credential' || error.problem === 'absent')
      throw new Problem(error.message, REMEDY.developerKey);
    throw error;
  }
}
