import { describe, expect, test } from '@jest/globals';
import { send } from './send.ts';
import { handOff, said, startTestSandbox } from './start.ts';

const OPENING = 'The visitor asked to speak with a person.';

const commentsIn = (thread: { messages: readonly { type: string }[] }) =>
  thread.messages.filter(({ type }) => type === 'COMMENT').map((comment) => JSON.stringify(comment));

describe('a visitor who asks again', () => {
  test('after a request that died while HubSpot was down, reaches the agents', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator, bot } = sandbox;
    const visitor = bot.visitor();
    simulator.faults.down();
    visitor.requestAgent({ name: 'Ada' });
    await sandbox.until(async () => (await sandbox.letters.visitorMessages.list()).total === 1, 'the request is dead');
    await visitor.until((_lines, mode) => mode === 'bot');
    simulator.faults.up();
    visitor.requestAgent({ name: 'Ada' });
    const thread = await simulator.until(() => simulator.threads()[0]);
    await visitor.until((_lines, mode) => mode === 'waiting');
    visitor.say('finally');
    await simulator.until(() => said(thread).includes('finally'));
  });

  test('while the agents have the conversation, is heard in the same thread', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    const conversationId = visitor.conversationId;
    await send(sandbox, 'again', { type: 'handoff.requested', conversationId, data: { text: 'Is anybody there?' } });
    await simulator.until(() => said(thread).includes('Is anybody there?'));
    await sandbox.settled();
    expect(simulator.threads()).toHaveLength(1);
  });

  test('between the close and the answer that the bot has heard of it, begins a handoff of its own', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator, bot } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    const taken = bot.callback.loseAnswer();
    simulator.agent.close(thread.id);
    await taken;
    await visitor.until((_lines, mode) => mode === 'bot');
    visitor.requestAgent({ name: 'Ada' });
    const second = await simulator.until(() => simulator.threads()[1]);
    await simulator.until(() => said(second).includes(OPENING));
    // The lost answer runs out, the close is told again, and nothing of the new handoff is undone.
    await visitor.until((_lines, mode) => mode === 'waiting', 25_000);
    visitor.say('still here');
    await simulator.until(() => said(second).includes('still here'));
  }, 60_000);
});

describe('what the agents are told beside the conversation', () => {
  test('is no reason to hold back or to fail a word of the visitor: a refused transcript is a dead letter of its own', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    simulator.faults.answer(400, { operation: 'comment', times: 2 });
    const { visitor, thread } = await handOff(sandbox);
    visitor.say('one');
    await simulator.until(() => said(thread).includes('one'));
    await sandbox.settled();
    expect((await sandbox.letters.visitorMessages.list()).total).toBe(0);
    expect(visitor.lines().filter((line) => line.delivery === 'failed')).toEqual([]);
    const { letters } = await sandbox.letters.comments.list();
    expect(letters).toMatchObject([{ reason: expect.stringContaining('400') }]);
    await sandbox.letters.comments.replay(letters[0]?.id ?? '');
    await simulator.until(() => commentsIn(thread).length === 1);
  });

  test('is what the bot says meanwhile, and who the visitor turns out to be', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox, {});
    const { conversationId } = visitor;
    await send(sandbox, 'b1', { type: 'bot.message', conversationId, data: { text: 'We are busy today.' } });
    const known = { name: 'Ada Lovelace', email: 'ada@example.com', emailVerified: true };
    await send(sandbox, 'i1', { type: 'visitor.identified', conversationId, data: { visitor: known } });
    visitor.say('it is me');
    await simulator.until(() => said(thread).includes('it is me'));
    await sandbox.settled();
    expect(commentsIn(thread)).toEqual([
      expect.stringContaining('Handed over by the bot'),
      expect.stringContaining('We are busy today.'),
      expect.stringContaining('The visitor is Ada Lovelace · ada@example.com'),
    ]);
    expect(simulator.contacts().map(({ properties }) => properties.email)).toEqual(['ada@example.com']);
  });

  test('stands in the order in which it came, though the first could not be written at once', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    await sandbox.settled();
    const { conversationId } = visitor;
    simulator.faults.answer(500, { operation: 'comment' });
    for (const text of ['first', 'second', 'third'])
      await send(sandbox, text, { type: 'bot.message', conversationId, data: { text } });
    await simulator.until(() => commentsIn(thread).length === 4);
    expect(commentsIn(thread).slice(1)).toEqual(
      ['first', 'second', 'third'].map((text) => expect.stringContaining(text)),
    );
  });

  test('that the visitor left is told later when it cannot be told now, and the visitor can ask again at once', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    await sandbox.settled();
    simulator.faults.answer(500, { operation: 'comment', times: 3 });
    visitor.end();
    await simulator.until(() => thread.status === 'CLOSED');
    await simulator.until(() => commentsIn(thread).some((comment) => comment.includes('The visitor left the chat')));
    visitor.requestAgent({ name: 'Ada' });
    await simulator.until(() => simulator.threads().length === 2);
  });
});

test('a second request with an address that HubSpot refuses keeps the visitor known by the one before', async () => {
  await using sandbox = await startTestSandbox();
  const { simulator } = sandbox;
  const { visitor, thread } = await handOff(sandbox);
  simulator.faults.answer(400, { operation: 'contact', times: 2 });
  const data = { visitor: { email: 'refused@example.com', emailVerified: true }, text: 'It is me again' };
  await send(sandbox, 'again', { type: 'handoff.requested', conversationId: visitor.conversationId, data });
  await simulator.until(() => said(thread).includes('It is me again'));
  const senders = thread.messages.flatMap((message) => (message.type === 'MESSAGE' ? message.senders : []));
  expect(new Set(senders.map(({ deliveryIdentifier }) => deliveryIdentifier?.value))).toEqual(
    new Set(['ada@example.com']),
  );
});

test('a close of a thread that only an agent named to us hands back', async () => {
  await using sandbox = await startTestSandbox();
  const { simulator } = sandbox;
  simulator.configure({ duplicateResponse: 409 });
  simulator.faults.loseAnswer({ operation: 'publish' });
  const { visitor, thread } = await handOff(sandbox);
  simulator.agent.reply(thread.id, 'Hello');
  await visitor.until((lines) => lines.some((line) => line.text === 'Hello'));
  simulator.agent.close(thread.id);
  await visitor.until((_lines, mode) => mode === 'bot');
});
