import { describe, expect, test } from '@jest/globals';
import { ConversationKey } from '@parley/shared/conversations/handoff-index';
import { connectPatient } from '@parley/shared/redis/connect';
import type { Sandbox } from '../sandbox.ts';
import { handOff, QUICK, startTestSandbox } from './start.ts';

/** What the bot heard of the agents, in order. */
const heard = ({ bot }: Sandbox) =>
  bot.received.all().flatMap(({ event, status }) => {
    if (status >= 300 || event === undefined) return [];
    if (event.type === 'agent.message') return [event.data.text];
    return event.type === 'handoff.closed' ? ['(closed)'] : [];
  });

const heardClose = (sandbox: Sandbox) => sandbox.bot.received.until(() => heard(sandbox).includes('(closed)'));

describe('a close that overtakes the last reply hands back after it', () => {
  test('when the webhook of the reply is lost', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { thread } = await handOff(sandbox);
    simulator.agent.reply(thread.id, 'one');
    await simulator.webhooks.settled();
    simulator.webhooks.add({ kind: 'drop', target: 'channel', times: 2 });
    for (const text of ['two', 'three']) simulator.agent.reply(thread.id, text);
    simulator.agent.close(thread.id);
    await heardClose(sandbox);
    expect(heard(sandbox)).toEqual(['one', 'two', 'three', '(closed)']);
  });

  test('when the webhook of the reply is late, and then it is known', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { thread } = await handOff(sandbox);
    simulator.webhooks.add({ kind: 'hold', target: 'channel' });
    simulator.agent.reply(thread.id, 'late');
    simulator.agent.close(thread.id);
    await heardClose(sandbox);
    simulator.webhooks.release();
    await sandbox.settled();
    expect(heard(sandbox)).toEqual(['late', '(closed)']);
  });

  test('when the replies come in another order than they were written', async () => {
    await using sandbox = await startTestSandbox({ paces: { closing: { ...QUICK.closing, graceMs: 500 } } });
    const { simulator } = sandbox;
    const { thread } = await handOff(sandbox);
    simulator.webhooks.add({ kind: 'late', target: 'channel', delayMs: 200 });
    simulator.agent.reply(thread.id, 'late');
    simulator.agent.close(thread.id);
    await heardClose(sandbox);
    await sandbox.settled();
    expect(heard(sandbox)).toEqual(['late', '(closed)']);
  });
});

test('a thread that is opened again at once is not handed back', async () => {
  await using sandbox = await startTestSandbox({ paces: { closing: { ...QUICK.closing, graceMs: 300 } } });
  const { simulator, bot } = sandbox;
  const { visitor, thread } = await handOff(sandbox);
  simulator.agent.close(thread.id);
  simulator.agent.reopen(thread.id);
  await sandbox.settled();
  simulator.agent.reply(thread.id, 'I am back');
  await bot.received.until(() => heard(sandbox).length > 0);
  expect(heard(sandbox)).toEqual(['I am back']);
  expect(visitor.mode()).toBe('agent');
});

test('a visitor is handed back even when HubSpot cannot be asked how the thread stands', async () => {
  const closing = { graceMs: 10, lookAgainMs: 20, patienceMs: 2_000 };
  await using sandbox = await startTestSandbox({ paces: { closing } });
  const { simulator } = sandbox;
  const { thread } = await handOff(sandbox);
  simulator.faults.answer(503, { operation: 'thread', times: null });
  simulator.agent.close(thread.id);
  await heardClose(sandbox);
  const snoozed = sandbox.attempts.filter(({ outcome }) => outcome === 'snoozed');
  expect(snoozed.length).toBeGreaterThan(1);
  expect(new Set(snoozed.map(({ attempt }) => attempt))).toEqual(new Set([1]));
});

test.each([
  ['archived', (sandbox: Sandbox, id: string) => sandbox.simulator.agent.archive(id)],
  ['deleted for privacy', (sandbox: Sandbox, id: string) => sandbox.simulator.agent.privacyDelete(id)],
])('a thread that is %s gives the conversation back to the bot, once', async (_how, end) => {
  await using sandbox = await startTestSandbox();
  const { simulator } = sandbox;
  const { visitor, thread } = await handOff(sandbox);
  simulator.agent.reply(thread.id, 'one');
  await simulator.webhooks.settled();
  end(sandbox, thread.id);
  await visitor.until((_lines, mode) => mode === 'bot');
  await sandbox.settled();
  expect(heard(sandbox)).toEqual(['one', '(closed)']);
});

describe('a thread deleted for privacy leaves nothing of the conversation in our record', () => {
  test('neither who the visitor is nor a way to it, though the bot takes nothing, and another conversation stays', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator, bot } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    const other = await handOff(sandbox, { name: 'Grace Hopper', email: 'grace@example.com' });
    bot.callback.answer(500, { times: Number.POSITIVE_INFINITY });
    simulator.webhooks.add({ kind: 'duplicate', target: 'events' });
    simulator.agent.privacyDelete(thread.id);
    await sandbox.until(
      async () => (await recordOf(sandbox, visitor.conversationId)) === undefined,
      'the record of the conversation is gone',
    );
    await sandbox.settled();
    const mine = (await keysOf(sandbox)).filter((key) =>
      [visitor.conversationId, thread.id, thread.integrationThreadId].some((id) => key.includes(id)),
    );
    // Ids of what was done are remembered, so that nothing is done twice; lanes are in braces.
    expect(mine.filter((key) => !key.startsWith('{') && !key.includes(':once:'))).toEqual([]);
    expect(await recordOf(sandbox, other.visitor.conversationId)).toMatchObject({ state: 'waiting' });
  });

  test('and what comes later of the thread is a dead letter', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { thread } = await handOff(sandbox);
    simulator.webhooks.add({ kind: 'hold', target: 'channel' });
    simulator.agent.reply(thread.id, 'late');
    simulator.agent.privacyDelete(thread.id);
    await heardClose(sandbox);
    await sandbox.settled();
    simulator.webhooks.release();
    const letters = async () => (await sandbox.letters.agentMessages.list()).letters;
    await sandbox.until(async () => (await letters()).length > 0, 'the late reply is a dead letter');
    expect((await letters()).map(({ reason }) => reason)).toEqual([
      expect.stringContaining('no conversation is known'),
    ]);
  });
});

describe('a thread that agents merge into another one', () => {
  test.each(['nothing', 'deletion'] as const)(
    'goes on there, and nobody is handed back until that one is closed (HubSpot tells of the merge: %s)',
    async (mergeAnnounces) => {
      await using sandbox = await startTestSandbox();
      const { simulator, bot } = sandbox;
      simulator.configure({ mergeAnnounces });
      const { visitor, thread } = await handOff(sandbox);
      const { thread: survivor } = await handOff(sandbox);
      await sandbox.settled();
      simulator.agent.merge(survivor.id, thread.id);
      await sandbox.settled();
      expect(heard(sandbox)).toEqual([]);
      visitor.say('still here');
      await simulator.until(() => JSON.stringify(survivor.messages).includes('still here'));
      await sandbox.settled();
      simulator.agent.reply(survivor.id, 'so am I');
      await bot.received.until(() => heard(sandbox).length > 0);
      simulator.agent.close(survivor.id);
      await heardClose(sandbox);
      expect(heard(sandbox)).toEqual(['so am I', '(closed)']);
    },
  );
});

describe('both conversations of a merged thread, in which an agent has spoken,', () => {
  test('get their bot back as soon as it is closed', async () => {
    await using sandbox = await startTestSandbox();
    const { survivor, visitors } = await merged(sandbox);
    sandbox.simulator.agent.close(survivor.id);
    for (const visitor of visitors) await visitor.until((_lines, mode) => mode === 'bot');
    await sandbox.settled();
    expect(heard(sandbox)).toEqual(['to both', '(closed)', '(closed)']);
  });

  test('are forgotten when it is deleted for privacy, after both have their bot back', async () => {
    await using sandbox = await startTestSandbox();
    const { survivor, visitors } = await merged(sandbox);
    sandbox.simulator.webhooks.add({ kind: 'duplicate', target: 'events' });
    sandbox.simulator.agent.privacyDelete(survivor.id);
    for (const { conversationId } of visitors) {
      const isForgotten = async () => (await recordOf(sandbox, conversationId)) === undefined;
      await sandbox.until(isForgotten, `${conversationId} is forgotten`);
    }
    await sandbox.settled();
    expect(heard(sandbox)).toEqual(['to both', '(closed)', '(closed)']);
    expect((await sandbox.letters.agentMessages.list()).total).toBe(0);
  });
});

async function merged(sandbox: Sandbox) {
  const one = await handOff(sandbox);
  const other = await handOff(sandbox, { name: 'Grace Hopper', email: 'grace@example.com' });
  await sandbox.settled();
  sandbox.simulator.agent.merge(one.thread.id, other.thread.id);
  sandbox.simulator.agent.reply(one.thread.id, 'to both');
  await sandbox.settled();
  return { survivor: one.thread, visitors: [one.visitor, other.visitor] };
}

async function recordOf({ conversations, account }: Sandbox, conversation: string) {
  const entry = { account: account.account, conversation };
  return conversations.find(ConversationKey.parse(entry));
}

async function keysOf({ environment }: Sandbox): Promise<string[]> {
  const redis = connectPatient(environment.REDIS_URL ?? '');
  await redis.connect();
  const keys = await redis.keys(`*${environment.REDIS_NAMESPACE}*`);
  redis.disconnect();
  return keys;
}
