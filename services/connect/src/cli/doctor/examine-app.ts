import type { RegisteredChannel } from '@parley/shared/hubspot/channels';
import { eventSubscriptionsOf, NEEDED_SUBSCRIPTIONS } from '@parley/shared/hubspot/event-subscriptions';
import { type App, asDeveloper, openApp } from '../channel/app.ts';
import { masked, planOf } from '../channel/plan.ts';
import { type Check, type Checked, type Finding, failed, inOrder, ok, skipped, warned } from './check.ts';
import { told } from './told.ts';

const KEY = "the developer's key opens the app";
const EVENTS = '<PUBLIC_URL>/v1/hubspot/events/<HUBSPOT_WEBHOOK_TOKEN>';
const SUBSCRIPTIONS = `${NEEDED_SUBSCRIPTIONS.join(', ')}, to ${EVENTS}`;

/** What only the developer's key can read, and no service needs that key: without it, this is not looked at. */
export async function examineApp(env: NodeJS.ProcessEnv): Promise<Checked[]> {
  if (!env.HUBSPOT_DEVELOPER_KEY) {
    const untold = `needs HUBSPOT_DEVELOPER_KEY and HUBSPOT_APP_ID in the environment. Or look yourself: the app's webhooks are ${SUBSCRIPTIONS}`;
    return [{ name: KEY, ...skipped(untold) }];
  }
  let seen: Seen | undefined;
  const opens = async () => {
    const app = openApp(env);
    seen = { app, channels: await asDeveloper(app.channels.list()) };
    return ok(`app ${app.access.appId}`);
  };
  const opened = await inOrder([{ name: KEY, run: () => told(opens) }]);
  if (!seen) return opened;
  const found = await Promise.all(appChecks(seen).map((check) => inOrder([check])));
  return [...opened, ...found.flat()];
}

interface Seen {
  readonly app: App;
  readonly channels: readonly RegisteredChannel[];
}

const appChecks = (seen: Seen): Check[] => [
  { name: "HubSpot's channel is what Parley needs", run: () => told(async () => compared(seen)) },
  { name: 'no other channel has our webhook address', run: () => Promise.resolve(alone(seen)) },
  { name: 'HubSpot tells Parley what becomes of threads', run: () => told(() => subscribed(seen.app)) },
];

/** What a person notices of it. */
const CONSEQUENCES: Readonly<Record<string, string>> = {
  'capabilities.threadingModel': 'each message can open a thread of its own',
  'capabilities.allowOutgoingMessages': 'agents cannot answer',
  webhookUrl: "agents' words go elsewhere",
};

function compared({ app: { wish }, channels }: Seen): Finding {
  const plan = planOf(channels, { ...wish, name: undefined });
  if (plan.step === 'nothing') return ok(`channel ${plan.channel.id}: webhook address and capabilities`);
  const remedy = 'Look at `npm run parley -- channel plan`, and apply it.';
  if (plan.step === 'create') return failed('the app has no channel with our webhook address', remedy);
  const what = plan.differences.map(({ field }) => [field, CONSEQUENCES[field]].filter(Boolean).join(': '));
  return failed(`it differs in ${what.join('; ')}`, remedy);
}

function alone({ app: { wish }, channels }: Seen): Finding {
  const others = channels.filter(({ id, webhookUrl }) => webhookUrl === wish.webhookUrl && id !== wish.channelId);
  if (others.length === 0) return ok('none has');
  return warned(
    `${others.map(({ id, name }) => `${id} "${name}"`).join(', ')} has`,
    'Only HUBSPOT_CHANNEL_ID is served: what agents write in another channel is lost. Delete those that no account needs; an app can have ten.',
  );
}

async function subscribed({ access, eventsUrl }: App): Promise<Finding> {
  const heard = await asDeveloper(eventSubscriptionsOf(access));
  if (!heard)
    return skipped(
      `HubSpot tells none: the app has none, or is of a developer project. Look in its webhooks-hsmeta.json for ${SUBSCRIPTIONS}`,
    );
  if (heard.targetUrl !== eventsUrl)
    return failed(
      `its events go to ${masked(heard.targetUrl)}`,
      `In the app's webhooks, set the target URL: ${EVENTS}.`,
    );
  const missing = NEEDED_SUBSCRIPTIONS.filter((needed) => !heard.active.includes(needed));
  if (missing.length === 0) return ok('it does');
  return failed(
    `no active subscription to ${missing.join(', ')}`,
    "Subscribe in the app's webhooks, and switch on what is paused. Until then a bot can wait 15 minutes for its conversation, and may not hear who joined it.",
  );
}
