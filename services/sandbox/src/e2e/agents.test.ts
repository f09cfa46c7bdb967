import { describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../sandbox.ts';
import { handOff, startTestSandbox } from './start.ts';

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
    simulator.faults.slow(2_500, { operation: 'actor' });
    const { thread } = await handOff(sandbox);
    simulator.agent.reply(thread.id, 'one', { agent: 'Grace Hopper' });
    await bot.received.until(() => namesHeard(sandbox).length === 1);
    simulator.agent.reply(thread.id, 'two', { agent: 'Grace Hopper' });
    await bot.received.until(() => namesHeard(sandbox).length === 2);
    expect(namesHeard(sandbox).map(({ name }) => name)).toEqual([undefined, 'Grace Hopper']);
  });
});
