import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { setup, setupHandoff } from '../testing/setup.ts';

describe('a conversation', () => {
  test('is answered by the script until the visitor asks for a person', async () => {
    await using parts = await setup();
    const visitor = parts.bot.visitor();
    visitor.say('What are your opening hours?');
    expect(visitor.lines().at(-1)).toMatchObject({ from: 'bot', text: expect.stringContaining('7:30') });
    visitor.say('Talk to a person');
    expect(visitor.mode()).toBe('asking');
    expect(parts.parley.requests).toEqual([]);
  });

  test('goes to the agents with who the visitor is and what was said', async () => {
    await using parts = await setup();
    const visitor = parts.bot.visitor();
    visitor.say('a joke please');
    visitor.requestAgent({ name: 'Ada', email: 'ada@example.com', phone: '+15005550006' });
    const { data } = await parts.parley.accepted('handoff.requested');
    expect(data.visitor).toEqual({
      name: 'Ada',
      email: 'ada@example.com',
      emailVerified: true,
      phone: '+15005550006',
      phoneVerified: true,
    });
    expect(data.transcript.map((line) => line.from)).toEqual(['bot', 'visitor', 'bot']);
    expect(data.transcript[1]?.text).toBe('a joke please');
  });

  test('is handed off once, though the visitor asks twice', async () => {
    await using parts = await setupHandoff();
    parts.visitor.requestAgent({ name: 'Ada' });
    parts.visitor.say('still there?');
    await parts.parley.accepted('visitor.message');
    expect(parts.parley.requests.map(({ event }) => event.type)).toEqual(['handoff.requested', 'visitor.message']);
  });

  test('tells the visitor of the queue, and shows the agent by name', async () => {
    await using parts = await setupHandoff();
    expect(parts.visitor.lines().at(-1)?.text).toContain('You are in the queue');
    await parts.agentSays('Good morning');
    expect(parts.visitor.mode()).toBe('agent');
    expect(parts.visitor.lines().at(-1)).toMatchObject({ from: 'agent', agentName: 'Grace', text: 'Good morning' });
  });

  test('tells the visitor once who joined: at the assignment, else with the first words, and again of another agent', async () => {
    await using parts = await setupHandoff();
    const { deliver, handoffId, visitor } = parts;
    const assign = (id: string, name: string | undefined, of = handoffId) =>
      deliver('handoff.assigned', visitor.conversationId, { handoffId: of, agent: { id, name } });
    const notes = () => visitor.lines().flatMap(({ from, text }) => (from === 'note' ? [text] : []));
    await assign('A-1', 'Grace');
    expect(visitor.mode()).toBe('waiting');
    await parts.agentSays('Good morning');
    await assign('A-1', 'Grace');
    await assign('A-2', undefined);
    expect(await assign('A-3', 'Of an earlier handoff', randomUUID())).toBe(204);
    expect(notes().slice(1)).toEqual(['Grace joined the chat.', 'An agent joined the chat.']);
  });

  test('reports that an agent’s message was read once, though the page says so twice', async () => {
    await using parts = await setupHandoff();
    await parts.agentSays('Good morning', 'm-1');
    parts.visitor.read('m-1');
    parts.visitor.read('m-1');
    parts.visitor.say('Morning!');
    await parts.parley.accepted('visitor.message');
    const reads = parts.parley.requests.filter(({ event }) => event.type === 'agent-message.read');
    expect(reads.map(({ event }) => event.data)).toEqual([{ messageId: 'm-1' }]);
  });

  test('is the bot’s again when the agent closes it', async () => {
    await using parts = await setupHandoff();
    await parts.deliver('handoff.closed', parts.visitor.conversationId, { handoffId: parts.handoffId });
    parts.visitor.say('opening hours?');
    expect(parts.visitor.lines().at(-1)).toMatchObject({ from: 'bot', text: expect.stringContaining('7:30') });
  });

  test('tells the agents of a second handoff in one line that the first one was there', async () => {
    await using parts = await setupHandoff();
    parts.visitor.say('where is my order?');
    await parts.agentSays('On its way');
    await parts.deliver('handoff.closed', parts.visitor.conversationId, { handoffId: parts.handoffId });
    parts.visitor.say('a joke please');
    parts.visitor.requestAgent();
    parts.visitor.say('me again');
    await parts.visitor.until((lines) => lines.some((line) => line.text === 'me again' && line.delivery === 'sent'));
    const requests = parts.parley.requests.flatMap(({ event }) => (event.type === 'handoff.requested' ? [event] : []));
    expect(requests[1]?.data.transcript.map((line) => line.text)).toEqual([
      expect.stringContaining('Fern'),
      expect.stringContaining('passing you on'),
      '(talk with our team, 2 messages)',
      expect.stringContaining('Fern here again'),
      'a joke please',
      expect.stringContaining('espresso'),
    ]);
  });

  test('stays with the agents when an earlier handoff is closed late', async () => {
    await using parts = await setupHandoff();
    await parts.deliver('handoff.closed', parts.visitor.conversationId, { handoffId: randomUUID() });
    expect(parts.visitor.mode()).toBe('waiting');
  });

  test('is the bot’s again when the visitor ends it, and Parley is told', async () => {
    await using parts = await setupHandoff();
    parts.visitor.end();
    expect(parts.visitor.mode()).toBe('bot');
    expect((await parts.parley.accepted('conversation.ended')).conversationId).toBe(parts.visitor.conversationId);
  });

  test('shows beside a message that it did not reach the agents, until it does, and tells the log alone why', async () => {
    await using parts = await setupHandoff();
    parts.visitor.say('hello?');
    const { id } = await parts.parley.accepted('visitor.message');
    await parts.deliver('message.undeliverable', parts.visitor.conversationId, {
      eventId: id,
      reason: 'HubSpot refused it',
    });
    const shown = () => parts.visitor.lines().find((line) => line.id === id)?.delivery;
    expect(shown()).toBe('failed');
    expect(JSON.stringify(parts.visitor.lines())).not.toContain('HubSpot');
    expect(parts.logged).toEqual([
      `${id} of conversation ${parts.visitor.conversationId} did not reach the agents: HubSpot refused it`,
    ]);
    await parts.deliver('message.delivered', parts.visitor.conversationId, { eventId: id });
    expect(shown()).toBe('sent');
  });

  test('is the bot’s when the agents could not be reached, and theirs when an operator replays the request', async () => {
    await using parts = await setup();
    const visitor = parts.bot.visitor();
    visitor.requestAgent({ name: 'Ada' });
    const { id } = await parts.parley.accepted('handoff.requested');
    await parts.deliver('message.undeliverable', visitor.conversationId, { eventId: id, reason: 'no access' });
    expect(visitor.mode()).toBe('bot');
    await parts.deliver('handoff.accepted', visitor.conversationId, { handoffId: randomUUID(), requestId: id });
    expect(visitor.mode()).toBe('waiting');
  });
});
