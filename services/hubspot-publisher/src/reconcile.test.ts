import { expect, test } from '@jest/globals';
import {
  ChannelAccountId,
  ConversationId,
  EventId,
  handoffIdOf,
  PortalId,
  ThreadId,
} from '@parley/shared/contracts/ids';
import { openConversations } from '@parley/shared/conversations/conversations';
import { openWatchedHandoffs } from '@parley/shared/conversations/watched-handoffs';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import { createLogger } from '@parley/shared/logging/logger';
import { connectPatient } from '@parley/shared/redis/connect';
import { createTelemetry } from '@parley/shared/telemetry/telemetry';
import { testRedis } from '@parley/shared/testing/test-redis';
import { createWatch } from '@parley/shared/testing/watch';
import { reconcile } from './reconcile.ts';
import { startReconciling } from './start-reconciling.ts';

const portal = PortalId.parse('48448169');
const account = ChannelAccountId.parse('898158620');

/** Handoffs with a thread each, all due, and a HubSpot that notes who asks for which thread. */
async function setup(handoffs: number) {
  const { url, namespace } = testRedis();
  const redis = connectPatient(url);
  await redis.connect();
  const conversations = openConversations({ redis, namespace });
  const watched = openWatchedHandoffs({ redis, namespace });
  const watch = createWatch();
  const asked: string[] = [];
  const trouble: Error[] = [];

  async function makeDue(): Promise<void> {
    const { length } = await redis.zrange(`${namespace}:watched:${account}`, 0, '-1');
    for (let at = 0; at < length; at += 1) await watched.hasten(entry(at), { inMs: -1 });
  }
  for (let at = 0; at < handoffs; at += 1) {
    await conversations.begin(entry(at), { visitor: {} });
    await conversations.indexThread({ portal, threadId: threadOf(at) }, entry(at));
  }
  await makeDue();

  const parts = (who = 'me') => ({
    portal,
    account,
    conversations,
    watched,
    redis,
    namespace,
    telemetry: createTelemetry(createLogger({ service: 'test', level: 'silent' })),
    acceptAgentDelivery: async () => ({ accepted: 0, duplicate: 0 }),
    hubspot: {
      async readThread(threadId: ThreadId) {
        asked.push(`${who} ${threadId}`);
        watch.changed();
        const failure = trouble.shift();
        if (failure) throw failure;
        const latestMessageAt = Date.now() - Number(threadId) * 60_000;
        return { is: 'open' as const, closedAt: new Date().toISOString(), words: 'same', latestMessageAt };
      },
      readReplies: async () => ({ replies: [], malformed: [] }),
      findThread: async () => undefined,
    },
  });
  return { asked, trouble, parts, makeDue, until: watch.until, [Symbol.dispose]: () => redis.disconnect() };
}

const threadOf = (at: number) => ThreadId.parse(String(at + 1));
const entry = (at: number) => ({
  account,
  conversation: ConversationId.parse(`chat-${at}`),
  handoffId: handoffIdOf(account, EventId.parse(`evt-${at}`)),
});
const always = async () => true;

test('a round keeps to a tenth of the calls, and the next one goes on with those that were not looked at', async () => {
  using it = await setup(25);
  const threads = () => new Set(it.asked).size;
  await reconcile(it.parts(), always);
  const first = it.asked.length;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(10);
  for (let rounds = 0; rounds < 10 && threads() < 25; rounds += 1) await reconcile(it.parts(), always);
  expect([threads(), it.asked.length]).toEqual([25, 25]);
});

test('the newest words come first, and quiet threads are looked at less often', async () => {
  using it = await setup(4);
  await reconcile(it.parts(), always);
  await it.makeDue();
  it.asked.length = 0;
  await reconcile(it.parts(), always);
  expect(it.asked).toEqual(['me 1', 'me 2', 'me 3', 'me 4']);
});

test('a round ends with the first trouble of HubSpot, and who was not looked at stays due', async () => {
  using it = await setup(3);
  it.trouble.push(new RetryableError('HubSpot answered 503'));
  await reconcile(it.parts(), always);
  expect(it.asked).toHaveLength(1);
  await reconcile(it.parts(), always);
  expect(new Set(it.asked).size).toBe(3);
});

test('a thread that HubSpot refuses to show keeps no other from being looked at', async () => {
  using it = await setup(3);
  it.trouble.push(new TerminalError('HubSpot answered 400'));
  await reconcile(it.parts(), always);
  expect(new Set(it.asked).size).toBe(3);
});

test('one process of all reconciles, and another one goes on when it has left', async () => {
  using it = await setup(1);
  const first = startReconciling(it.parts('first'), 10);
  await it.until(() => it.asked.includes('first 1'), 'the first one looks');
  await using _second = startReconciling(it.parts('second'), 10);
  await it.makeDue();
  await it.until(() => it.asked.length >= 2, 'the thread is looked at again');
  expect(it.asked).toEqual(['first 1', 'first 1']);
  await first[Symbol.asyncDispose]();
  await it.makeDue();
  await it.until(() => it.asked.includes('second 1'), 'the second one looks');
});

test('a process that was killed while it reconciled is followed when its lead has run out', async () => {
  using it = await setup(1);
  const parts = it.parts('second');
  await parts.redis.set(`${parts.namespace}:reconciler:${account}`, 'killed', 'PX', 300);
  const diedAt = Date.now();
  await using _second = startReconciling(parts, 10);
  await it.until(() => it.asked.length > 0, 'the second one looks');
  expect(Date.now() - diedAt).toBeGreaterThanOrEqual(250);
});
