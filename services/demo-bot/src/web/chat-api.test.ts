import { describe, expect, test } from '@jest/globals';
import { setup, setupHandoff } from '../testing/setup.ts';

const post = async (url: string, body: object) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' || response.status === 204 ? undefined : JSON.parse(text) };
};

/** Reads a stream of server-sent events until an event's data has `part` in it, and resolves with that data. */
async function dataWith(url: string, part: string): Promise<unknown> {
  const closing = new AbortController();
  const response = await fetch(url, { signal: AbortSignal.any([closing.signal, AbortSignal.timeout(10_000)]) });
  const decoder = new TextDecoder();
  let received = '';
  try {
    for await (const chunk of response.body ?? []) {
      received += decoder.decode(chunk, { stream: true });
      const complete = received.split('\n\n').slice(0, -1);
      const found = complete
        .map((event) => event.slice(event.indexOf('data: ') + 6))
        .find((data) => data.includes(part));
      if (found !== undefined) return JSON.parse(found);
    }
  } finally {
    closing.abort();
  }
  throw new Error(`the stream ended without ${part}`);
}

describe('what the page calls', () => {
  test('a new conversation begins with the bot’s greeting', async () => {
    await using parts = await setup();
    const { status, body } = await post(`${parts.bot.url}/chat`, {});
    expect(status).toBe(201);
    expect(await dataWith(`${parts.bot.url}/chat/${body.id}/updates`, 'Fern')).toMatchObject({
      mode: 'bot',
      lines: [{ from: 'bot' }],
    });
  });

  test('words come to the page as they were written: markup, line breaks, right-to-left and emoji', async () => {
    await using parts = await setupHandoff();
    const words = '<img src=x onerror=alert(1)>\n\ndata: שלום 👋🏽 </script>';
    const updates = dataWith(`${parts.bot.url}/chat/${parts.visitor.conversationId}/updates`, 'onerror');
    await parts.agentSays(words, 'm-1');
    expect(JSON.stringify(await updates)).toContain(JSON.stringify(words));
  });

  test('a reading that the page reports goes to Parley', async () => {
    await using parts = await setupHandoff();
    await parts.agentSays('Hello', 'm-1');
    await post(`${parts.bot.url}/chat/${parts.visitor.conversationId}/read`, { messageId: 'm-1' });
    expect((await parts.parley.accepted('agent-message.read')).data).toEqual({ messageId: 'm-1' });
  });

  test('a phone number is understood with spaces, and an empty address is none', async () => {
    await using parts = await setup();
    const { conversationId } = parts.bot.visitor();
    await post(`${parts.bot.url}/chat/${conversationId}/handoff`, {
      name: 'Ada',
      email: '',
      phone: '+1 (500) 555-0006',
    });
    const { data } = await parts.parley.accepted('handoff.requested');
    expect(data.visitor).toEqual({ name: 'Ada', phone: '+15005550006', phoneVerified: true });
  });

  test('a visitor who leaves the form empty goes to the agents without a name', async () => {
    await using parts = await setup();
    const { conversationId } = parts.bot.visitor();
    const { status } = await post(`${parts.bot.url}/chat/${conversationId}/handoff`, {
      name: ' ',
      email: '',
      phone: '',
    });
    expect(status).toBe(204);
    expect((await parts.parley.accepted('handoff.requested')).data.visitor).toEqual({});
  });

  test.each([
    ['too long a name', { name: 'A'.repeat(201) }, 'name'],
    ['half an address', { name: 'Ada', email: 'ada@' }, 'email'],
    ['a phone number without its country', { name: 'Ada', phone: '0171 555' }, 'phone'],
  ])('a form with %s is refused, naming the field', async (_what, form, field) => {
    await using parts = await setup();
    const visitor = parts.bot.visitor();
    const { status, body } = await post(`${parts.bot.url}/chat/${visitor.conversationId}/handoff`, form);
    expect(status).toBe(422);
    expect(Object.keys(body.errors)).toEqual([field]);
    expect(visitor.mode()).toBe('bot');
  });

  test.each([
    ['empty', '  ', 422],
    ['too long', 'x'.repeat(10_001), 422],
    ['enormous', 'x'.repeat(1_000_000), 413],
  ])('a message that is %s is refused', async (_what, text, status) => {
    await using parts = await setup();
    const { conversationId } = parts.bot.visitor();
    expect((await post(`${parts.bot.url}/chat/${conversationId}/messages`, { text })).status).toBe(status);
  });

  test('a conversation that the bot does not know is 404, so that the page begins a new one', async () => {
    await using parts = await setup();
    expect((await fetch(`${parts.bot.url}/chat/unknown`)).status).toBe(404);
  });
});
