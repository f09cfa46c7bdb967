import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { callBack } from '../testing/parley-stand-in.ts';
import { newSecret, setup, setupHandoff } from '../testing/setup.ts';

const MINUTE_MS = 60_000;

const message = (conversationId: string) => ({
  id: randomUUID(),
  type: 'agent.message',
  conversationId,
  occurredAt: new Date().toISOString(),
  data: { handoffId: randomUUID(), messageId: 'm-1', agent: { id: 'A-1' }, text: 'Hello' },
});

describe('the callback', () => {
  test.each([
    ['signed with another secret', { secret: newSecret() }],
    ['changed after signing', { body: '{"type":"agent.message"}' }],
    ['signed six minutes ago', { at: new Date(Date.now() - 6 * MINUTE_MS) }],
    ['signed six minutes ahead', { at: new Date(Date.now() + 6 * MINUTE_MS) }],
  ])('refuses an event %s, and shows nothing', async (_what, forged) => {
    await using parts = await setup();
    const visitor = parts.bot.visitor();
    const call = { secret: parts.signingSecret, webhookId: randomUUID(), event: message(visitor.conversationId) };
    const before = visitor.lines();

    expect(await callBack(parts.bot.callbackUrl, { ...call, ...forged })).toBe(401);
    expect(visitor.lines()).toEqual(before);
    expect(await callBack(parts.bot.callbackUrl, call)).toBe(204);
  });

  test('refuses an event without a signature', async () => {
    await using parts = await setup();
    const event = message(parts.bot.visitor().conversationId);
    const response = await fetch(parts.bot.callbackUrl, { method: 'POST', body: JSON.stringify(event) });
    expect(response.status).toBe(401);
  });

  test('shows an agent’s message once, though Parley delivers it twice', async () => {
    await using parts = await setupHandoff();
    expect(await parts.agentSays('It ships today', 'm-7')).toBe(204);
    expect(await parts.agentSays('It ships today', 'm-7')).toBe(409);
    expect(parts.visitor.lines().filter((line) => line.messageId === 'm-7')).toHaveLength(1);
  });

  test('shows a message after refusals on a bad day, and records each attempt', async () => {
    await using parts = await setupHandoff();
    parts.bot.callback.answer(503, { retryAfter: 1, times: 2 });
    expect(await parts.agentSays('Hello', 'm-8')).toBe(503);
    expect(await parts.agentSays('Hello', 'm-8')).toBe(503);
    expect(await parts.agentSays('Hello', 'm-8')).toBe(204);
    await parts.bot.received.until((call) => call.webhookId === 'm-8' && call.status === 204);
    const statuses = parts.bot.received.all().filter((call) => call.webhookId === 'm-8');
    expect(statuses.map((call) => call.status)).toEqual([503, 503, 204]);
  });

  test('acknowledges an event of a type it does not know', async () => {
    await using parts = await setup();
    const { conversationId } = parts.bot.visitor();
    expect(await parts.deliver('agent.typing', conversationId, {})).toBe(204);
  });

  test('refuses an event of a known type that is not of its shape', async () => {
    await using parts = await setup();
    const { conversationId } = parts.bot.visitor();
    expect(await parts.deliver('agent.message', conversationId, { text: 'no sender' })).toBe(400);
  });

  test('answers 410 for a conversation it does not know, so that the agent learns of it', async () => {
    await using parts = await setup();
    expect(await parts.deliver('handoff.closed', 'unknown', { handoffId: randomUUID() })).toBe(410);
  });
});
