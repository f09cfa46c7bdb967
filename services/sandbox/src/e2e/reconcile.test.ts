import { describe, expect, test } from '@jest/globals';
import { HandoffEntry } from '@parley/shared/conversations/handoff-index';
import { openWatchedHandoffs } from '@parley/shared/conversations/watched-handoffs';
import { connectPatient } from '@parley/shared/redis/connect';
import type { Sandbox } from '../sandbox.ts';
import { handOff, startTestSandbox } from './start.ts';

type HandedOff = Awaited<ReturnType<typeof handOff>>;

/** What the bot took of the agents, in order. */
const heard = ({ bot }: Sandbox, { visitor }: Pick<HandedOff, 'visitor'>) =>
  bot.received.all().flatMap(({ event, status }) => {
    if (status >= 300 || event?.conversationId !== visitor.conversationId) return [];
    if (event.type === 'agent.message') return [event.data.text];
    return event.type === 'handoff.closed' ? ['(closed)'] : [];
  });

/** The record of what is watched, as the publisher has it. */
async function watchOf({ environment, account }: Sandbox) {
  const redis = connectPatient(environment.REDIS_URL ?? '');
  await redis.connect();
  const namespace = environment.REDIS_NAMESPACE ?? '';
  const watched = openWatchedHandoffs({ redis, namespace });
  const entryOf = ({ visitor, thread }: HandedOff) =>
    HandoffEntry.parse({
      account: account.account,
      conversation: visitor.conversationId,
      handoffId: thread.integrationThreadId,
    });
  return {
    /** Does what the minutes would: the thread is due. */
    due: (handedOff: HandedOff) => watched.hasten(entryOf(handedOff), { inMs: 0 }),
    /** When it is looked at next, milliseconds since 1970. */
    next: async (handedOff: HandedOff) => {
      const member = JSON.stringify(entryOf(handedOff));
      return Number(await redis.zscore(`${namespace}:watched:${account.account}`, member));
    },
    size: () => redis.zcard(`${namespace}:watched:${account.account}`),
    [Symbol.dispose]: () => redis.disconnect(),
  };
}

const reads = ({ simulator }: Sandbox) =>
  simulator.requests().filter(({ operation, method }) => operation === 'thread' && method === 'GET');

describe('a reply whose webhook HubSpot never delivered reaches the visitor within one round of reconciling', () => {
  test('in its place among the others, and once', async () => {
    await using sandbox = await startTestSandbox();
    using watch = await watchOf(sandbox);
    const { simulator } = sandbox;
    const handedOff = await handOff(sandbox);
    const { thread } = handedOff;
    simulator.agent.reply(thread.id, 'one');
    await sandbox.settled();
    simulator.webhooks.add({ kind: 'drop', target: 'channel', times: 2 });
    for (const text of ['two', 'three']) simulator.agent.reply(thread.id, text);
    await simulator.webhooks.settled();
    await watch.due(handedOff);
    await sandbox.until(() => heard(sandbox, handedOff).length === 3, 'all three replies arrived');
    simulator.agent.reply(thread.id, 'four');
    await watch.due(handedOff);
    await sandbox.until(() => heard(sandbox, handedOff).length === 4, 'the fourth arrived');
    await sandbox.settled();
    expect(heard(sandbox, handedOff)).toEqual(['one', 'two', 'three', 'four']);
  });

  test('and its webhook, when it comes hours later, is a duplicate', async () => {
    await using sandbox = await startTestSandbox();
    using watch = await watchOf(sandbox);
    const { simulator } = sandbox;
    const handedOff = await handOff(sandbox);
    await sandbox.settled();
    simulator.webhooks.add({ kind: 'hold', target: 'channel' });
    simulator.agent.reply(handedOff.thread.id, 'late');
    await watch.due(handedOff);
    await sandbox.until(() => heard(sandbox, handedOff).length === 1, 'the reply was found');
    simulator.webhooks.release();
    await sandbox.settled();
    simulator.agent.reply(handedOff.thread.id, 'next');
    await sandbox.until(() => heard(sandbox, handedOff).includes('next'), 'the next reply arrived');
    expect(heard(sandbox, handedOff)).toEqual(['late', 'next']);
  });

  test('with neither comments nor the words of the visitor', async () => {
    await using sandbox = await startTestSandbox();
    using watch = await watchOf(sandbox);
    const { simulator } = sandbox;
    const handedOff = await handOff(sandbox);
    handedOff.visitor.say('hello?');
    await sandbox.settled();
    simulator.agent.comment(handedOff.thread.id, 'between us');
    simulator.webhooks.add({ kind: 'drop', target: 'channel' });
    simulator.agent.reply(handedOff.thread.id, 'for you');
    await watch.due(handedOff);
    await sandbox.until(() => heard(sandbox, handedOff).length > 0, 'the reply was found');
    await sandbox.settled();
    expect(heard(sandbox, handedOff)).toEqual(['for you']);
  });

  test('also when it was the last one before a close, whose webhook is lost too', async () => {
    await using sandbox = await startTestSandbox();
    using watch = await watchOf(sandbox);
    const { simulator } = sandbox;
    const handedOff = await handOff(sandbox);
    await sandbox.settled();
    simulator.webhooks.add({ kind: 'drop', target: 'channel' });
    simulator.webhooks.add({ kind: 'drop', target: 'events', times: 20 });
    simulator.agent.reply(handedOff.thread.id, 'bye');
    simulator.agent.close(handedOff.thread.id);
    await simulator.webhooks.settled();
    await watch.due(handedOff);
    await handedOff.visitor.until((_lines, mode) => mode === 'bot');
    expect(heard(sandbox, handedOff)).toEqual(['bye', '(closed)']);
  });
});

test.each([
  ['archived', (sandbox: Sandbox, id: string) => sandbox.simulator.agent.archive(id)],
  ['deleted for good', (sandbox: Sandbox, id: string) => sandbox.simulator.agent.privacyDelete(id)],
])('a thread that was %s without a word of HubSpot gives the conversation back', async (_how, end) => {
  await using sandbox = await startTestSandbox();
  using watch = await watchOf(sandbox);
  const handedOff = await handOff(sandbox);
  await sandbox.settled();
  sandbox.simulator.webhooks.add({ kind: 'drop', target: 'events', times: 20 });
  end(sandbox, handedOff.thread.id);
  await watch.due(handedOff);
  await handedOff.visitor.until((_lines, mode) => mode === 'bot');
});

test('both conversations of a merged thread get their bot back when it is closed', async () => {
  await using sandbox = await startTestSandbox();
  using watch = await watchOf(sandbox);
  const { simulator } = sandbox;
  const [one, other] = [await handOff(sandbox), await handOff(sandbox, { name: 'Grace Hopper' })];
  await sandbox.settled();
  simulator.agent.merge(other.thread.id, one.thread.id);
  simulator.agent.close(other.thread.id);
  await watch.due(one);
  await watch.due(other);
  for (const { visitor } of [one, other]) await visitor.until((_lines, mode) => mode === 'bot');
});

describe('looks', () => {
  test('end with the first one after the end of a handoff', async () => {
    await using sandbox = await startTestSandbox();
    using watch = await watchOf(sandbox);
    const handedOff = await handOff(sandbox);
    expect(await watch.size()).toBe(1);
    sandbox.simulator.agent.close(handedOff.thread.id);
    await handedOff.visitor.until((_lines, mode) => mode === 'bot');
    await watch.due(handedOff);
    await sandbox.until(async () => (await watch.size()) === 0, 'the handoff is watched no more');
  });

  test('cost one call as long as nothing is said', async () => {
    await using sandbox = await startTestSandbox();
    using watch = await watchOf(sandbox);
    const handedOff = await handOff(sandbox);
    await sandbox.settled();
    const lookOnce = async () => {
      const before = reads(sandbox).length;
      await watch.due(handedOff);
      await sandbox.until(async () => (await watch.next(handedOff)) > Date.now() + 30_000, 'it was looked at');
      return reads(sandbox).length - before;
    };
    expect([await lookOnce(), await lookOnce(), await lookOnce()]).toEqual([2, 1, 1]);
  });

  test('wait while the portal waits', async () => {
    await using sandbox = await startTestSandbox();
    using watch = await watchOf(sandbox);
    const { simulator } = sandbox;
    const handedOff = await handOff(sandbox);
    await sandbox.settled();
    simulator.webhooks.add({ kind: 'drop', target: 'channel' });
    simulator.agent.reply(handedOff.thread.id, 'lost');
    simulator.faults.answer(429, { operation: 'thread', retryAfterSeconds: 1 });
    await watch.due(handedOff);
    await sandbox.until(() => heard(sandbox, handedOff).length === 1, 'the reply was found after the pause');
    const [refused = 0, next = 0] = reads(sandbox).map(({ at }) => Date.parse(at));
    expect(next - refused).toBeGreaterThanOrEqual(1_000);
  }, 30_000);
});
