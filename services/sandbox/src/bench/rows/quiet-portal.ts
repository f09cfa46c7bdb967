import { setTimeout as pause } from 'node:timers/promises';
import { startHubSpotSimulator } from '@parley/hubspot-simulator/service';
import type { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import {
  ChannelAccountId,
  ChannelId,
  ConversationId,
  EventId,
  handoffIdOf,
  PortalId,
} from '@parley/shared/contracts/ids';
import { staticToken } from '@parley/shared/hubspot/access-token';
import { createHubSpotClient, type HubSpotClient } from '@parley/shared/hubspot/client';
import { openOutages } from '@parley/shared/hubspot/outages';
import { createRateBudget } from '@parley/shared/hubspot/rate-budget';
import type { Lane } from '@parley/shared/queues/lane';
import { connectPatient } from '@parley/shared/redis/connect';
import { startBenchRedis } from '../bench-redis.ts';
import { NAMESPACE, openParley } from '../carriers/parley.ts';
import { atMost } from '../figure.ts';
import { visitorMessage } from '../messages.ts';
import { quantile } from '../rounds.ts';
import type { Row, Size } from '../row.ts';

/** More than the turns that one account has at once, with more to say than its budget lets through meanwhile. */
const FLOODING = 60;
const MESSAGES_EACH: Record<Size, number> = { tiny: 1, usual: 30, nightly: 100 };
/** Of the quiet portal, four a second: half of what its own budget lets through. */
const QUIET_MESSAGES: Record<Size, number> = { tiny: 5, usual: 40, nightly: 600 };
const QUIET_PAUSE_MS = 250;

const CHANNEL = ChannelId.parse('477835');
const FLOODED = { portalId: '1001', channelAccountId: '898000001', accessToken: 'token-of-1001' };
const QUIET = { portalId: '1002', channelAccountId: '898000002', accessToken: 'token-of-1002' };

export const quietPortal: Row = {
  name: 'quiet-portal',
  about: (size) =>
    `${QUIET_MESSAGES[size]} messages of one portal, four a second: alone, then beside ${FLOODING} conversations that flood another portal of the same worker`,
  async measure(size) {
    await using redis = await startBenchRedis();
    await using two = await startTwoPortals(redis.url);
    const alone = await two.saySlowly(QUIET_MESSAGES[size]);
    await two.flood(FLOODING * MESSAGES_EACH[size]);
    const beside = await two.saySlowly(QUIET_MESSAGES[size]);
    return (['0.5', '0.95'] as const).map((share) => {
      const values = { alone: quantile(alone, Number(share)), 'beside a flood': quantile(beside, Number(share)) };
      const goal = atMost({ wanted: 1.2, of: 'beside a flood', to: 'alone' }, values);
      const what = `from acceptance to HubSpot's answer, p${Number(share) * 100}`;
      return { what, unit: 'ms', values, ...(share === '0.95' && { goal }) };
    });
  },
};

/** One worker between two simulated portals, each with its own rate budget. */
async function startTwoPortals(redisUrl: string) {
  await using stack = new AsyncDisposableStack();
  const hubspot = stack.use(
    await startHubSpotSimulator({
      ...FLOODED,
      port: 0,
      channelId: CHANNEL,
      clientSecret: 'secret',
      channelWebhookUrl: undefined,
      eventsWebhookUrl: undefined,
    }),
  );
  hubspot.addPortal(QUIET);
  const redis = stack.adopt(connectPatient(redisUrl), (opened) => opened.disconnect());
  await redis.connect();
  const budget = createRateBudget({ redis, namespace: NAMESPACE });
  const outages = openOutages({ redis, namespace: NAMESPACE });
  const clients = new Map<string, HubSpotClient>();
  for (const { portalId, channelAccountId, accessToken } of [FLOODED, QUIET]) {
    const client = createHubSpotClient({
      apiUrl: hubspot.url,
      apiVersion: '2026-03',
      tokens: staticToken(accessToken),
      portalId: PortalId.parse(portalId),
      channelId: CHANNEL,
      channelAccountId: ChannelAccountId.parse(channelAccountId),
      budget,
      outages,
    });
    clients.set(channelAccountId, client);
  }
  const carrier = stack.use(await openParley(redisUrl));
  const answered = new Map<string, (at: number) => void>();
  stack.use(
    await carrier.work(async (message) => {
      const { account } = laneOf(message.conversationId);
      await clients.get(account)?.publishMessage(wordsOf(message, account));
      answered.get(message.id)?.(performance.now());
    }),
  );

  const say = (conversation: string, id: string) =>
    carrier.accept(laneOf(conversation), [visitorMessage(conversation, id)]);
  let said = 0;
  const opened = stack.move();
  return {
    /** Returns when the flood is accepted; it takes minutes to be delivered. */
    async flood(messages: number): Promise<void> {
      for (let n = 0; n < messages; n += 1) {
        await say(`flood-${n % FLOODING}`, `flood-${n}`);
      }
    },
    async saySlowly(messages: number): Promise<number[]> {
      const took: number[] = [];
      for (let n = 0; n < messages; n += 1) {
        const id = `quiet-${said++}`;
        const delivered = Promise.withResolvers<number>();
        answered.set(id, delivered.resolve);
        const saidAt = performance.now();
        await say('quiet', id);
        took.push((await delivered.promise) - saidAt);
        await pause(QUIET_PAUSE_MS);
      }
      return took;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

const laneOf = (conversation: string): Lane => ({
  account: ChannelAccountId.parse((conversation === 'quiet' ? QUIET : FLOODED).channelAccountId),
  conversation: ConversationId.parse(conversation),
});

const wordsOf = (
  { id, conversationId }: EventFromBot,
  account: ChannelAccountId,
): Parameters<HubSpotClient['publishMessage']>[0] => ({
  handoffId: handoffIdOf(account, EventId.parse(conversationId)),
  eventId: id,
  text: 'Are you there?',
  sender: { identifier: { kind: 'opaque', value: conversationId } },
  sentAt: new Date().toISOString(),
});
