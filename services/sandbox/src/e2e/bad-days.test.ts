import { describe, expect, test } from '@jest/globals';
import { handOff, said, startTestSandbox, takeThread } from './start.ts';

const agentTexts = (lines: readonly { from: string; text: string }[]) =>
  lines.filter((line) => line.from === 'agent').map((line) => line.text);

describe("HubSpot's bad days", () => {
  test('a message that HubSpot stored before the connection broke stands in the thread once', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    simulator.faults.loseAnswer({ operation: 'publish' });
    visitor.say('one');
    visitor.say('two');
    await simulator.until(() => said(thread).length === 3);
    await sandbox.settled();
    expect(said(thread).slice(1)).toEqual(['one', 'two']);
    expect(simulator.requests().filter((request) => request.operation === 'publish')).toHaveLength(4);
  });

  test('a transcript that HubSpot stored before the connection broke stands in the thread once', async () => {
    await using sandbox = await startTestSandbox();
    sandbox.simulator.faults.loseAnswer({ operation: 'comment' });
    const { thread } = await handOff(sandbox);
    await sandbox.settled();
    expect(thread.messages.filter(({ type }) => type === 'COMMENT')).toHaveLength(1);
    expect(
      sandbox.simulator.requests().filter((request) => request.operation === 'comment' && request.method === 'POST'),
    ).toHaveLength(1);
  });

  test('words said while HubSpot is down arrive in their order when it is up again', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    simulator.faults.down();
    for (const text of ['one', 'two', 'three']) visitor.say(text);
    await sandbox.until(
      () => sandbox.attempts.filter((line) => line.outcome === 'retried').length > 2,
      'refused for a while',
    );
    simulator.faults.up();
    await simulator.until(() => said(thread).length === 4);
    expect(said(thread).slice(1)).toEqual(['one', 'two', 'three']);
  });

  test('a rate limit makes the portal wait and costs no message an attempt', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    simulator.faults.answer(429, { operation: 'publish', retryAfterSeconds: 1 });
    visitor.say('one');
    await simulator.until(() => said(thread).length === 2);
    await sandbox.settled();
    const lines = sandbox.attempts.filter((line) => line.queue === 'visitor-messages').slice(1);
    expect(lines.map((line) => [line.attempt, line.outcome])).toEqual([
      ...lines.slice(1).map(() => [1, 'snoozed']),
      [1, 'delivered'],
    ]);
    expect(lines.length).toBeGreaterThan(1);
  });

  test('a message that HubSpot will never take is a dead letter, the bot is told, and the next one goes on', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    simulator.faults.answer(400, { operation: 'publish' });
    visitor.say('refused');
    visitor.say('next');
    await simulator.until(() => said(thread).length === 2);
    await visitor.until((lines) => lines.some((line) => line.text === 'refused' && line.delivery === 'failed'));
    await sandbox.settled();
    expect(said(thread)[1]).toBe('next');
    const { letters } = await sandbox.letters.visitorMessages.list();
    expect(letters).toMatchObject([{ reason: expect.stringContaining('HubSpot') }]);

    expect(await sandbox.letters.visitorMessages.replay(letters[0]?.id ?? '')).toEqual({
      replayed: true,
      deliveredSince: 1,
    });
    await simulator.until(() => said(thread).length === 3);
  });

  test('a contact that HubSpot refuses does not keep the visitor waiting, and the agent reads why', async () => {
    await using sandbox = await startTestSandbox();
    sandbox.simulator.faults.answer(400, { operation: 'contact', times: 2 });
    const { thread } = await handOff(sandbox, { name: 'Ada', email: 'ada@example.com' });
    await sandbox.settled();
    expect(thread.visitor.deliveryIdentifier.type).toBe('CHANNEL_SPECIFIC_OPAQUE_ID');
    expect(thread.messages).toContainEqual(
      expect.objectContaining({ type: 'COMMENT', text: expect.stringContaining('No contact was kept') }),
    );
  });

  test("an agent's reply reaches the bot once, though HubSpot sent it twice", async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    simulator.webhooks.add({ kind: 'duplicate', target: 'channel' });
    simulator.agent.reply(thread.id, 'once');
    simulator.agent.reply(thread.id, 'after');
    await visitor.until((lines) => lines.some((line) => line.text === 'after'));
    await sandbox.settled();
    expect(agentTexts(visitor.lines())).toEqual(['once', 'after']);
    expect(sandbox.bot.received.all().filter(({ event }) => event?.type === 'agent.message')).toHaveLength(2);
  });

  test.each([200, 409] as const)('a repeat that HubSpot answers with %i is known as one', async (duplicateResponse) => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    simulator.configure({ duplicateResponse });
    const { visitor, thread } = await handOff(sandbox);
    simulator.faults.loseAnswer({ operation: 'publish' });
    visitor.say('one');
    visitor.say('two');
    await simulator.until(() => said(thread).length === 3);
    await sandbox.settled();
    expect(said(thread).slice(1)).toEqual(['one', 'two']);
    expect((await sandbox.letters.visitorMessages.list()).total).toBe(0);
  });

  test('an opening whose repeat is answered 409 without a thread gives the agent the transcript with the next words', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    simulator.configure({ duplicateResponse: 409 });
    simulator.faults.loseAnswer({ operation: 'publish' });
    const { visitor, thread } = await handOff(sandbox);
    expect(thread.messages.filter(({ type }) => type === 'COMMENT')).toHaveLength(0);
    visitor.say('one');
    await simulator.until(() => thread.messages.some(({ type }) => type === 'COMMENT'));
    expect(said(thread)).toContain('one');
  });
});

describe("the bot's bad days", () => {
  test('a reply that the bot cannot take now is tried again, and the agent sees SENT', async () => {
    await using sandbox = await startTestSandbox();
    const { visitor, thread } = await handOff(sandbox);
    await takeThread(sandbox, thread.id);
    sandbox.bot.callback.answer(500, { times: 3 });
    sandbox.simulator.agent.reply(thread.id, 'one');
    sandbox.simulator.agent.reply(thread.id, 'two');
    await visitor.until((lines) => agentTexts(lines).length === 2);
    expect(agentTexts(visitor.lines())).toEqual(['one', 'two']);
    await sandbox.settled();
    const statuses = sandbox.simulator.requests().filter((request) => request.operation === 'status');
    expect(statuses.map((request) => request.body)).toEqual([{ statusType: 'SENT' }, { statusType: 'SENT' }]);
  });

  test('a reply that the bot refuses for good is FAILED with a reason for the agent, and SENT once it is replayed', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    await takeThread(sandbox, thread.id);
    sandbox.bot.callback.answer(410);
    const id = simulator.agent.reply(thread.id, 'lost?');
    const status = () => JSON.stringify(thread.messages.find((message) => message.id === id));
    await simulator.until(() => status().includes('FAILED'));
    expect(status()).toContain('Not delivered to the visitor: the bot answered 410');
    await sandbox.settled();

    const [letter] = (await sandbox.letters.agentMessages.list()).letters;
    await sandbox.letters.agentMessages.replay(letter?.id ?? '');
    await visitor.until((lines) => agentTexts(lines).includes('lost?'));
    await simulator.until(() => status().includes('SENT'));
  });

  test('a bot that asks for time with Retry-After gets it', async () => {
    await using sandbox = await startTestSandbox();
    const { visitor, thread } = await handOff(sandbox);
    await takeThread(sandbox, thread.id);
    sandbox.bot.callback.answer(503, { retryAfter: 1 });
    sandbox.simulator.agent.reply(thread.id, 'later');
    await visitor.until((lines) => agentTexts(lines).includes('later'));
    const [first] = sandbox.attempts.filter((line) => line.queue === 'agent-messages' && line.outcome === 'retried');
    expect(first?.retryInMs).toBeGreaterThanOrEqual(1_000);
  });
});

describe('what is not ours', () => {
  test('words for a conversation that the agents do not have are a dead letter, and the bot is told what to do', async () => {
    await using sandbox = await startTestSandbox();
    const { environment, secrets, bot } = sandbox;
    const event = {
      id: 'stray-1',
      type: 'visitor.message',
      conversationId: 'nobody',
      occurredAt: new Date().toISOString(),
      data: { text: 'hello?' },
    };
    const response = await fetch(`${environment.PUBLIC_URL}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secrets.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(event),
    });
    expect(response.status).toBe(202);
    const told = await bot.received.until((call) => call.event?.type === 'message.undeliverable');
    expect(told.event?.data).toMatchObject({
      eventId: 'stray-1',
      reason: expect.stringContaining('send handoff.requested before'),
    });
    expect((await sandbox.letters.visitorMessages.list()).total).toBe(1);
  });
});
