import { setTimeout as pause } from 'node:timers/promises';
import { loadConfig, secret } from '@parley/shared/config/load-config';
import { hubspotApi, hubspotWebhooks } from '@parley/shared/config/settings';
import type { ChannelId } from '@parley/shared/contracts/ids';
import { type Channels, createChannels } from '@parley/shared/hubspot/channels';
import { SetUpError } from '@parley/shared/hubspot/channels-calls';
import { z } from 'zod';
import { Problem } from '../problems.ts';
import { webhookToken } from '../settings.ts';
import { type Plan, planOf } from './plan.ts';

const TIMEOUT_MS = 10_000;

const shape = {
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
};

interface Planned {
  readonly channels: Channels;
  readonly plan: Plan;
}

async function planned(env: NodeJS.ProcessEnv, name: string | undefined): Promise<Planned> {
  const config = loadConfig(shape, env);
  const channels = createChannels({
    apiUrl: config.HUBSPOT_API_URL,
    apiVersion: config.HUBSPOT_API_VERSION,
    developerKey: config.HUBSPOT_DEVELOPER_KEY,
    appId: config.HUBSPOT_APP_ID,
    timeoutMs: TIMEOUT_MS,
  });
  const webhookUrl = `${config.PUBLIC_URL}/v1/hubspot/channel/${config.HUBSPOT_WEBHOOK_TOKEN}`;
  return {
    channels,
    plan: planOf(await asDeveloper(channels.list()), { name, webhookUrl, channelId: config.HUBSPOT_CHANNEL_ID }),
  };
}

/** What `apply` would do. */
export const planFor = async (env: NodeJS.ProcessEnv, name?: string): Promise<Plan> => (await planned(env, name)).plan;

/** Says what `apply` would do, and does nothing. */
export async function planChannel(env: NodeJS.ProcessEnv, { name }: { name?: string }): Promise<string> {
  return described(await planFor(env, name));
}

/** Makes the channel what Parley needs: creates it when there is none, changes what is different, and never makes a second one. */
export async function applyChannel(env: NodeJS.ProcessEnv, { name }: { name?: string }): Promise<string> {
  const { channels, plan } = await planned(env, name);
  if (plan.step === 'nothing') return described(plan);
  const { id } = await asDeveloper(
    plan.step === 'create' ? channels.create(plan.wanted) : channels.change(plan.channel, plan.wanted),
  );
  if (plan.step === 'create') await untilListed(channels, id);
  return [described(plan), 'Done. In .env:', `HUBSPOT_CHANNEL_ID=${id}`].join('\n');
}

function described(plan: Plan): string {
  if (plan.step === 'create')
    return `The app has no channel with our webhook address: "${plan.wanted.name}" is to be created.`;
  if (plan.step === 'nothing')
    return `Channel ${plan.channel.id} "${plan.channel.name}" is as it should be.\nHUBSPOT_CHANNEL_ID=${plan.channel.id}`;
  return [
    `Channel ${plan.channel.id} "${plan.channel.name}" is to be changed:`,
    ...plan.differences.map(({ field, from, to }) => `  ${field}: ${from} -> ${to}`),
  ].join('\n');
}

const LISTED_WITHIN_MS = 30_000;
const LOOK_AGAIN_MS = 500;

/** Until then, another `apply` would find no channel and make a second one. */
async function untilListed(channels: Channels, id: ChannelId): Promise<void> {
  const deadline = Date.now() + LISTED_WITHIN_MS;
  while (!(await asDeveloper(channels.list())).some((channel) => channel.id === id)) {
    if (Date.now() > deadline)
      throw new Problem(
        `Channel ${id} is created, but HubSpot does not list it yet`,
        `Set HUBSPOT_CHANNEL_ID=${id} now, so that no second one is made; \`channel plan\` finds it when it is there.`,
      );
    await pause(LOOK_AGAIN_MS);
  }
}

/** The developer's key has remedies of its own. */
async function asDeveloper<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    if (error.problem === 'away')
      throw new Problem(
        error.message,
        'Look with `npm run parley -- channel plan`: what was under way may have been done.',
      );
    if (error.problem === 'credential' || error.problem === 'absent')
      throw new Problem(
        error.message,
        "HUBSPOT_DEVELOPER_KEY must be the developer account's key (no access token), and HUBSPOT_APP_ID an app of that account.",
      );
    throw error;
  }
}
