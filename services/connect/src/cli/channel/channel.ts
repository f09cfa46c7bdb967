import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelId } from '@parley/shared/contracts/ids';
import type { Channels, RegisteredChannel } from '@parley/shared/hubspot/channels';
import { SetUpError } from '@parley/shared/hubspot/channels-calls';
import { Problem } from '../problems.ts';
import { asDeveloper, openApp } from './app.ts';
import { type Plan, planOf } from './plan.ts';

interface Planned {
  readonly channels: Channels;
  readonly plan: Plan;
}

async function planned(env: NodeJS.ProcessEnv, name: string | undefined): Promise<Planned> {
  const { channels, wish } = openApp(env);
  return { channels, plan: planOf(await asDeveloper(channels.list()), { ...wish, name }) };
}

/** Says what `apply` would do, and does nothing. */
export async function planChannel(env: NodeJS.ProcessEnv, { name }: { name?: string }): Promise<string> {
  return described((await planned(env, name)).plan);
}

/** Makes the channel what Parley needs: creates it when there is none, changes what is different, and never makes a second one. */
export async function applyChannel(env: NodeJS.ProcessEnv, { name }: { name?: string }): Promise<string> {
  const { channels, plan } = await planned(env, name);
  if (plan.step === 'nothing') return described(plan);
  const { id } = await written(
    plan.step === 'create' ? channels.create(plan.wanted) : channels.change(plan.channel, plan.wanted),
  );
  if (plan.step === 'create') await untilListed(channels, id);
  return [described(plan), 'Done. In .env:', `HUBSPOT_CHANNEL_ID=${id}`].join('\n');
}

/** A lost answer leaves it open whether it was done. */
async function written(asked: Promise<RegisteredChannel>): Promise<RegisteredChannel> {
  try {
    return await asDeveloper(asked);
  } catch (error) {
    if (!(error instanceof SetUpError && error.problem === 'away')) throw error;
    throw new Problem(
      error.message,
      'It may have been done: look in half a minute with `npm run parley -- channel plan`.',
    );
  }
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
