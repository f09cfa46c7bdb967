import { expect, test } from '@jest/globals';
import {
  ChannelAccountId,
  ChannelId,
  ConversationId,
  EventId,
  handoffIdOf,
  MessageId,
  PortalId,
  ThreadId,
} from '@parley/shared/contracts/ids';
import { openConversations } from '@parley/shared/conversations/conversations';
import { openWatchedHandoffs } from '@parley/shared/conversations/watched-handoffs';
import { NotYet, RetryableError, TerminalError } from '@parley/shared/failures';
import { createLogger } from '@parley/shared/logging/logger';
import { connectPatient } from '@parley/shared/redis/connect';
import { createTelemetry } from '@parley/shared/telemetry/telemetry';
import { testRedis } from '@parley/shared/testing/test-redis';
import { createWatch } from '@parley/shared/testing/watch';
import { reconcile } from './reconcile.ts';
import { type MayGoOn, startRounds } from './rounds.ts';

const portal = PortalId.parse('48448169');
const account = ChannelAccountId.parse('898158620');

/** Handoffs with a thread each, all due, the ones with the oldest words first, and a HubSpot that notes who asks for which thread. */
async function setup(handoffs: number) {
  const { url, namespace } = testRedis();
  const redis = connectPatient(url);
  await redis.connect();
  const conversations = openConversations({ redis, namespace });
  const watched = openWatchedHandoffs({ redis, namespace });
  const watch = createWatch();
  const asked: string[] = [];
  const trouble: Error[] = [];
  /** What an agent said in every thread, by HubSpot's time, and what of it was accepted. */
  const said: number[] = [];
  const accepted: string[] = [];

  async function makeDue(): Promise<void> {
    const { length } = await redis.zrange(`${namespace}:watched:${account}`, 0, '-1');
    for (let at = 0; at < length; at += 1) await watched.hasten(entry(at), { inMs: -1 });
  }
  for (let at = 0; at < handoffs; at += 1) {
    await conversations.begin(entry(at), { visitor: {} });
    await conversations.indexThread({ portal, threadId: threadOf(at) }, entry(at));
  }
  await makeDue();

  const hubspotOf = (who: string) => ({
    async readThread(threadId: ThreadId) {
      asked.push(`${who} ${threadId}`);
      watch.changed();
      const failure = trouble.shift();
      if (failure) throw failure;
      const latestMessageAt = Date.now() - (100 - Number(threadId)) * 60_000;
      const words = `${said.length} of them`;
      return { is: 'open' as const, closedAt: new Date().toISOString(), words, latestMessageAt };
    },
    readReplies: async ({ threadId, since }: { threadId: ThreadId; since: number }) => ({
      replies: said.filter((at) => at >= since).map((at) => replyIn(threadId, at)),
      malformed: [],
    }),
    findThread: async () => undefined,
  });

  const parts = (who = 'me') => ({
    portal,
    accounts: [{ account, hubspot: hubspotOf(who) }],
    conversations,
    watched,
    redis,
    namespace,
    telemetry: createTelemetry(createLogger({ service: 'test', level: 'silent' })),
    acceptAgentDelivery: async (found: readonly { id: string }[]) => {
      accepted.push(...found.map(({ id }) => id));
      return { accepted: found.length, duplicate: 0 };
    },
  });
  return {
    asked,
    trouble,
    said,
    accepted,
    conversations,
    parts,
    rounds: (who: string) => {
      const reconciling = parts(who);
      const task = (mayGoOn: MayGoOn) => reconcile(reconciling, mayGoOn);
      const tasks = async () => new Map([['reconcile', task]]);
      return startRounds({ redis, namespace, tasks, logger: reconciling.telemetry.logger }, 10);
    },
    makeDue,
    watchedCount: () => redis.zcard(`${namespace}:watched:${account}`),
    until: watch.until,
    [Symbol.dispose]: () => redis.disconnect(),
  };
}

const replyIn = (threadId: ThreadId, at: number) => ({
  portalId: portal,
  channelId: ChannelId.parse('477835'),
  channelAccountId: account,
  dedupeId: `reply-${at}`,
  delivery: {
    kind: 'agent-message' as const,
    threadId,
    handoffIds: [],
    messageId: MessageId.parse(`m-${at}`),
    agent: { id: 'A-1' },
    text: 'hello',
    sentAt: new Date(at).toISOString(),
  },
});
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

test('of those that are due, the ones with the newest words come first', async () => {
  using it = await setup(4);
  await reconcile(it.parts(), always);
  await it.makeDue();
  it.asked.length = 0;
  await reconcile(it.parts(), always);
  expect(it.asked).toEqual(['me 4', 'me 3', 'me 2', 'me 1']);
});

test('a reply that HubSpot lists only after the look, though it was said before, is found by the next one', async () => {
  using it = await setup(1);
  await reconcile(it.parts(), always);
  const late = Date.now() - 5 * 60_000;
  it.said.push(late);
  await it.makeDue();
  await reconcile(it.parts(), always);
  expect(it.accepted).toEqual([`reply-${late}`]);
});

test.each([
  ['the portal waits', new RetryableError('HubSpot answered 429', { scope: 'portal' })],
  ['the portal has no call left', new NotYet('no call left', 100)],
])('a round ends when %s, and who was not looked at stays due', async (_, failure) => {
  using it = await setup(3);
  it.trouble.push(failure);
  await reconcile(it.parts(), always);
  expect(it.asked).toHaveLength(1);
  await reconcile(it.parts(), always);
  expect([it.asked.length, new Set(it.asked).size]).toEqual([4, 3]);
});

test.each([new RetryableError('HubSpot answered 503'), new TerminalError('HubSpot answered 400')])(
  'a thread that cannot be looked at keeps no other from it, now or in the next round (%s)',
  async (failure) => {
    using it = await setup(3);
    it.trouble.push(failure);
    await reconcile(it.parts(), always);
    await reconcile(it.parts(), always);
    expect(it.asked).toEqual(['me 1', 'me 2', 'me 3']);
  },
);

test('a round ends after a few threads that cannot be looked at, and the next one goes on with the others', async () => {
  using it = await setup(6);
  it.trouble.push(...Array.from({ length: 3 }, () => new RetryableError('no answer within 10000 ms')));
  await reconcile(it.parts(), always);
  expect(it.asked).toHaveLength(3);
  await reconcile(it.parts(), always);
  expect([it.asked.length, new Set(it.asked).size]).toEqual([6, 6]);
});

test.each([
  ['is not asked about for ever when HubSpot refuses to show its thread', new TerminalError('HubSpot answered 400'), 0],
  ['is asked about again when HubSpot could not tell', new RetryableError('HubSpot answered 503'), 1],
])('a handoff that is over %s', async (_, failure, left) => {
  using it = await setup(1);
  await it.conversations.move(entry(0), ['waiting'], 'bot');
  it.trouble.push(failure);
  await reconcile(it.parts(), always);
  expect(await it.watchedCount()).toBe(left);
});

test('one process of all reconciles, and another one goes on when it has left', async () => {
  using it = await setup(1);
  const first = it.rounds('first');
  await it.until(() => it.asked.includes('first 1'), 'the first one looks');
  await using _second = it.rounds('second');
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
  await parts.redis.set(`${parts.namespace}:rounds`, 'killed', 'PX', 300);
  const diedAt = Date.now();
  await using _second = it.rounds('second');
  await it.until(() => it.asked.length > 0, 'the second one looks');
  expect(Date.now() - diedAt).toBeGreaterThanOrEqual(250);
});
