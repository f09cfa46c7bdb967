import { describe, expect, test } from '@jest/globals';
import { setup, setupHandoff } from '../testing/setup.ts';

describe('the outbox', () => {
  test('sends an event again under the same id after a 503, and the next one only then', async () => {
    await using parts = await setupHandoff();
    const already = parts.parley.requests.length;
    parts.parley.answerNext(503, { retryAfter: 0 });
    parts.parley.answerNext(503, { retryAfter: 0 });
    parts.visitor.say('first');
    parts.visitor.say('second');
    parts.visitor.say('third');
    await parts.visitor.until((lines) => lines.filter((line) => line.delivery === 'sent').length === 3);

    const sent = parts.parley.requests.slice(already).map(({ event, status }) => ({ id: event.id, status }));
    const [first, second, third] = parts.visitor.lines().filter((line) => line.delivery === 'sent');
    expect(sent).toEqual([
      { id: first?.id, status: 503 },
      { id: first?.id, status: 503 },
      { id: first?.id, status: 202 },
      { id: second?.id, status: 202 },
      { id: third?.id, status: 202 },
    ]);
  });

  test('a conversation that waits for Parley delays no other', async () => {
    await using parts = await setup();
    parts.parley.answerNext(503, { retryAfter: 3_600 });
    const stuck = parts.bot.visitor();
    stuck.requestAgent();
    stuck.say('stuck');
    const other = parts.bot.visitor();
    other.requestAgent();
    other.say('not stuck');
    await other.until((lines) => lines.some((line) => line.delivery === 'sent'));
    expect(stuck.lines().map((line) => line.delivery)).toContain('sending');
  });

  test('sends to the Parley it is connected to later, what it could not send before', async () => {
    await using parts = await setup();
    parts.bot.connect({ parleyUrl: 'http://127.0.0.1:9' });
    const visitor = parts.bot.visitor();
    visitor.requestAgent();
    parts.bot.connect({ parleyUrl: parts.parley.url });
    expect((await parts.parley.accepted('handoff.requested')).conversationId).toBe(visitor.conversationId);
  });

  test('a message that Parley refuses for good is marked, its reason goes to the log, and the next one goes out', async () => {
    await using parts = await setupHandoff();
    parts.parley.answerNext(422, { detail: 'data.text must be at most 10000 characters' });
    parts.visitor.say('refused');
    parts.visitor.say('taken');
    const lines = await parts.visitor.until((all) => all.some((line) => line.delivery === 'sent'));
    const refused = lines.find((line) => line.text === 'refused');
    expect(refused?.delivery).toBe('failed');
    expect(JSON.stringify(refused)).not.toContain('10000');
    expect(parts.logged).toEqual([
      `visitor.message ${refused?.id} is refused: data.text must be at most 10000 characters`,
    ]);
  });
});
