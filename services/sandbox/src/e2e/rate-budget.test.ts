import { describe, expect, test } from '@jest/globals';
import { handOff, said, startTestSandbox } from './start.ts';

describe('the rate budget of a portal', () => {
  test('keeps a flood within what HubSpot allows: no 429, no attempt burnt, all of it in order', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    simulator.configure({ rateLimit: { max: 40, windowMs: 2_000 } });
    const handedOff: Awaited<ReturnType<typeof handOff>>[] = [];
    for (let n = 0; n < 4; n += 1) handedOff.push(await handOff(sandbox, { email: `visitor-${n}@example.com` }));
    const words = Array.from({ length: 20 }, (_, n) => `message ${n}`);
    for (const text of words) for (const { visitor } of handedOff) visitor.say(text);
    await simulator.until(() => handedOff.every(({ thread }) => said(thread).length === 21));
    for (const { thread } of handedOff) expect(said(thread).slice(1)).toEqual(words);
    expect(simulator.requests().filter(({ status }) => status === 429)).toEqual([]);
    expect(new Set(sandbox.attempts.map((line) => line.attempt))).toEqual(new Set([1]));
  });

  test('leaves to others what they use of it', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator, environment } = sandbox;
    simulator.configure({ rateLimit: { max: 40, windowMs: 2_000 } });
    const { visitor, thread } = await handOff(sandbox);
    // Somebody else with the same limit takes half of it, evenly.
    const others = setInterval(() => {
      const path = '/conversations/v3/conversations/inboxes';
      const headers = { authorization: `Bearer ${environment.HUBSPOT_ACCESS_TOKEN}` };
      void fetch(`${simulator.url}${path}`, { headers }).then((answer) => answer.arrayBuffer());
    }, 100);
    try {
      await simulator.until(() => simulator.requests().filter(({ operation }) => operation === 'inbox').length === 20);
      for (let n = 0; n < 60; n += 1) visitor.say(`message ${n}`);
      await simulator.until(() => said(thread).length === 61);
    } finally {
      clearInterval(others);
    }
    expect(said(thread).slice(1)).toEqual(Array.from({ length: 60 }, (_, n) => `message ${n}`));
    expect(simulator.requests().filter(({ status, operation }) => status === 429 && operation === 'publish')).toEqual(
      [],
    );
  });

  test('brings the words before the reports on what the agents said', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    simulator.configure({ rateLimit: { max: 20, windowMs: 2_000 } });
    const { visitor, thread } = await handOff(sandbox);
    await sandbox.settled();
    for (let n = 0; n < 12; n += 1) simulator.agent.reply(thread.id, `answer ${n}`);
    await sandbox.until(
      () =>
        sandbox.attempts.filter((line) => line.queue === 'agent-messages' && line.outcome === 'delivered').length > 10,
      'the reports wait for their places',
    );
    visitor.say('thank you');
    await simulator.until(() => said(thread).includes('thank you'));
    const reports = () => simulator.requests().filter(({ operation }) => operation === 'status').length;
    expect(reports()).toBeLessThan(12);
    await simulator.until(() => reports() === 12);
  });
});
