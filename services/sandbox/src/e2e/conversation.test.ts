import { describe, expect, test } from '@jest/globals';
import { API_VERSIONS } from '@parley/shared/hubspot/api-version';
import { handOff, said, startTestSandbox, takeThread } from './start.ts';

const OPENING = 'The visitor asked to speak with a person.';

describe('a visitor and an agent', () => {
  test.each(API_VERSIONS)(
    'talk in one thread, in order, from the request to the handback, in version %s',
    async (version) => {
      await using sandbox = await startTestSandbox({ settings: { HUBSPOT_API_VERSION: version } });
      const { simulator, bot } = sandbox;
      const { visitor, thread } = await handOff(sandbox);

      visitor.say('one');
      visitor.say('two');
      visitor.say('three');
      await simulator.until(() => said(thread).length === 4);
      await takeThread(sandbox, thread.id);
      for (const text of ['first', 'second', 'third']) simulator.agent.reply(thread.id, text);
      await visitor.until((lines) => lines.filter((line) => line.from === 'agent').length === 3);
      simulator.agent.close(thread.id);
      await visitor.until((_lines, mode) => mode === 'bot');

      expect(simulator.threads()).toHaveLength(1);
      expect(said(thread)).toEqual([OPENING, 'one', 'two', 'three', 'first', 'second', 'third']);
      expect(
        visitor
          .lines()
          .filter((line) => line.from === 'agent')
          .map((line) => line.text),
      ).toEqual(['first', 'second', 'third']);
      await sandbox.settled();
      expect(bot.received.all().map(({ event }) => event?.type)).toEqual([
        'handoff.accepted',
        'handoff.assigned',
        'agent.message',
        'agent.message',
        'agent.message',
        'handoff.closed',
      ]);
    },
  );

  test('the contact stands in HubSpot before the first message, and the thread is theirs', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { thread } = await handOff(sandbox);
    expect(simulator.contacts().map(({ properties }) => properties)).toMatchObject([
      { email: 'ada@example.com', firstname: 'Ada', lastname: 'Lovelace', phone: '+15005550006' },
    ]);
    expect(thread.visitor.contactId).toBe(simulator.contacts()[0]?.id);
    const operations = simulator.requests().map((request) => request.operation);
    expect(operations).toEqual(['contact', 'publish', 'comment']);
  });

  test('the agent reads what was said before in one comment, which the visitor never sees', async () => {
    await using sandbox = await startTestSandbox();
    const { visitor, thread } = await handOff(sandbox);
    await sandbox.settled();
    const comments = thread.messages.filter(({ type }) => type === 'COMMENT');
    expect(comments).toMatchObject([
      { text: expect.stringMatching(/Ada Lovelace · ada@example.com.*Visitor: When do you open\?/s) },
    ]);
    sandbox.simulator.agent.comment(thread.id, 'between us');
    sandbox.simulator.agent.reply(thread.id, 'for you');
    await visitor.until((lines) => lines.some((line) => line.text === 'for you'));
    expect(visitor.lines().map((line) => line.text)).not.toContain('between us');
  });

  test('the agent sees that a reply was sent, and then that it was read', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    const id = simulator.agent.reply(thread.id, 'Hello Ada');
    await visitor.until((lines) => lines.some((line) => line.messageId === id));
    await sandbox.settled();
    visitor.read(id);
    const message = () => thread.messages.find((candidate) => candidate.id === id);
    await simulator.until(() => 'status' in (message() ?? {}) && JSON.stringify(message()).includes('READ'));
    await sandbox.settled();
    const statuses = simulator
      .requests()
      .filter((request) => request.operation === 'status')
      .map((request) => request.body);
    expect(statuses).toEqual([{ statusType: 'SENT' }, { statusType: 'READ' }]);
  });

  test('a second handoff of the same conversation opens a thread of its own', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    simulator.agent.close(thread.id);
    await visitor.until((_lines, mode) => mode === 'bot');
    visitor.requestAgent({ name: 'Ada Lovelace' });
    await simulator.until(() => simulator.threads().length === 2);
    await sandbox.settled();
    const [first, second] = simulator.threads();
    expect(first?.integrationThreadId).not.toBe(second?.integrationThreadId);
    simulator.agent.reply(second?.id ?? '', 'again');
    await visitor.until((lines) => lines.some((line) => line.text === 'again'));
  });

  test('when the visitor leaves, the agent reads so, the thread is closed and the bot is not told that an agent closed it', async () => {
    await using sandbox = await startTestSandbox();
    const { visitor, thread } = await handOff(sandbox);
    visitor.end();
    await sandbox.simulator.until(() => thread.status === 'CLOSED');
    await sandbox.settled();
    expect(thread.messages).toContainEqual(
      expect.objectContaining({ type: 'COMMENT', text: expect.stringContaining('The visitor left the chat') }),
    );
    expect(sandbox.bot.received.all().map(({ event }) => event?.type)).toEqual(['handoff.accepted']);
  });

  test('an anonymous visitor is handed over too, without a contact', async () => {
    await using sandbox = await startTestSandbox();
    const { thread } = await handOff(sandbox, {});
    expect(sandbox.simulator.contacts()).toEqual([]);
    expect(thread.visitor.deliveryIdentifier.type).toBe('CHANNEL_SPECIFIC_OPAQUE_ID');
  });

  test('emoji, right-to-left script, HTML and line breaks arrive as they were written, both ways', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    const words = [
      '👩‍👩‍👧 ok',
      'مرحبا بالعالم',
      '<script>alert("x")</script> & <b>bold</b>',
      'a\nb\tc',
      "o'neil \\ %00 {}",
    ];
    for (const text of words) visitor.say(text);
    await simulator.until(() => said(thread).length === words.length + 1);
    expect(said(thread).slice(1)).toEqual(words);
    for (const text of words) simulator.agent.reply(thread.id, text);
    await visitor.until((lines) => lines.filter((line) => line.from === 'agent').length === words.length);
    expect(
      visitor
        .lines()
        .filter((line) => line.from === 'agent')
        .map((line) => line.text),
    ).toEqual(words);
  });
});
