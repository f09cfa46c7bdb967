import { describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../sandbox.ts';
import { handOff, startTestSandbox, takeThread } from './start.ts';

const namesHeard = ({ bot }: Sandbox) =>
  bot.received.all().flatMap(({ event }) => (event?.type === 'agent.message' ? [event.data.agent] : []));

const actorCalls = ({ simulator }: Sandbox) =>
  simulator.requests().filter(({ operation }) => operation === 'actor').length;

describe('who answers', () => {
  test('an agent whom the webhook does not name is asked for by their id, once for many messages', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator, bot } = sandbox;
    simulator.configure({ webhookSenderName: 'absent' });
    const { thread } = await handOff(sandbox);
    for (const text of ['one', 'two', 'three']) simulator.agent.reply(thread.id, text, { agent: 'Grace Hopper' });
    await bot.received.until(() => namesHeard(sandbox).length === 3);
    const grace = { id: expect.stringMatching(/^A-\d+$/), name: 'Grace Hopper' };
    expect(namesHeard(sandbox)).toEqual([grace, grace, grace]);
    expect(actorCalls(sandbox)).toBe(1);
  });

  test.each([
    ['HubSpot has a bad day', 500],
    ['the token may not read actors', 403],
    ['HubSpot does not know them', 404],
  ])('when %s the words arrive without a name, in order, and HubSpot is left alone', async (_what, status) => {
    await using sandbox = await startTestSandbox();
    const { simulator, bot } = sandbox;
    simulator.configure({ webhookSenderName: 'absent' });
    simulator.faults.answer(status, { operation: 'actor', times: null });
    const { visitor, thread } = await handOff(sandbox);
    for (const text of ['one', 'two']) simulator.agent.reply(thread.id, text);
    await bot.received.until(() => namesHeard(sandbox).length === 2);
    expect(namesHeard(sandbox)).toEqual([{ id: expect.stringMatching(/^A-/) }, { id: expect.stringMatching(/^A-/) }]);
    expect(actorCalls(sandbox)).toBe(1);
    const attempts = sandbox.attempts.filter(({ queue }) => queue === 'agent-messages');
    expect(new Set(attempts.map(({ outcome }) => outcome))).toEqual(new Set(['delivered']));
    visitor.say('and on it goes');
    await simulator.until(() => JSON.stringify(thread.messages).includes('and on it goes'));
  });

  test('a name that does not come within two seconds is left out, and known for the next message', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator, bot } = sandbox;
    simulator.configure({ webhookSenderName: 'absent' });
    const { thread } = await handOff(sandbox);
    await takeThread(sandbox, thread.id);
    simulator.faults.slow(2_500, { operation: 'actor' });
    simulator.agent.reply(thread.id, 'one', { agent: 'Grace Hopper' });
    await bot.received.until(() => namesHeard(sandbox).length === 1);
    simulator.agent.reply(thread.id, 'two', { agent: 'Grace Hopper' });
    await bot.received.until(() => namesHeard(sandbox).length === 2);
    expect(namesHeard(sandbox).map(({ name }) => name)).toEqual([undefined, 'Grace Hopper']);
  });
});

const assignmentsHeard = ({ bot }: Sandbox) =>
  bot.received.all().flatMap(({ event }) => (event?.type === 'handoff.assigned' ? [event.data] : []));

describe('who has the thread', () => {
  test.each(['actor-id', 'user-id'] as const)(
    'is told to the bot at each assignment, by name, once, though HubSpot (which gives the %s) tells it twice',
    async (webhookAssignee) => {
      await using sandbox = await startTestSandbox();
      const { simulator } = sandbox;
      simulator.configure({ webhookAssignee });
      const { visitor, thread } = await handOff(sandbox);
      const handoffId = thread.integrationThreadId;
      simulator.webhooks.add({ kind: 'duplicate', target: 'events', times: 10 });
      for (const agent of ['Grace Hopper', undefined, 'Leslie K', 'Grace Hopper']) {
        simulator.agent.assign(thread.id, agent);
        await sandbox.settled();
      }
      const agent = (name: string) => ({
        handoffId,
        agent: expect.objectContaining({ name, id: expect.stringMatching(/^A-\d+$/) }),
      });
      expect(assignmentsHeard(sandbox)).toEqual(['Grace Hopper', 'Leslie K', 'Grace Hopper'].map(agent));
      expect(visitor.lines().map(({ text }) => text)).toContain('Grace Hopper joined the chat.');
    },
  );

  test('is told no more once the agents have handed the conversation back', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    simulator.agent.close(thread.id);
    await visitor.until((_lines, mode) => mode === 'bot');
    simulator.agent.assign(thread.id, 'Grace Hopper');
    await sandbox.settled();
    expect(assignmentsHeard(sandbox)).toEqual([]);
  });

  test('costs no word: where the bot refuses to hear it, or HubSpot never tells it, replies arrive as ever', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator, bot } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    bot.callback.answer(422);
    simulator.agent.assign(thread.id, 'Grace Hopper');
    await sandbox.settled();
    simulator.webhooks.add({ kind: 'drop', target: 'events' });
    simulator.agent.assign(thread.id, 'Leslie K');
    simulator.agent.reply(thread.id, 'I am here');
    await visitor.until((lines) => lines.some(({ text }) => text === 'I am here'));
    await sandbox.settled();
    expect(assignmentsHeard(sandbox)).toHaveLength(1);
    const attempts = sandbox.attempts.filter(({ eventId }) => eventId.startsWith('assigned-'));
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['ignored']);
    expect((await sandbox.letters.agentMessages.list()).total).toBe(0);
  });
});
