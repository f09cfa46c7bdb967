import { describe, expect, test } from '@jest/globals';
import { conversation } from '../testing/conversation.ts';
import { CLIENT_SECRET } from '../testing/setup.ts';
import { signatureHeaders } from './signature.ts';

describe('the delivery of webhooks', () => {
  test('is tried again, newly signed and counted, until a 2xx', async () => {
    await using it = await conversation((_received, count) => (count < 3 ? 503 : 204));
    it.hubspot.agent.close(it.threadId);
    await it.settled();
    expect(it.hubspot.webhooks.deliveries().at(-1)?.attempts).toEqual([503, 503, 204]);
    expect(it.bridge.at('/events').map(({ body }) => body[0].attemptNumber)).toEqual([0, 1, 2]);
  });

  test('treats no answer within its time as a failure', async () => {
    await using it = await conversation((_received, count) => (count === 1 ? null : 200));
    it.hubspot.configure({ webhookTimeoutMs: 50 });
    it.hubspot.agent.close(it.threadId);
    await it.settled();
    expect(it.hubspot.webhooks.deliveries().at(-1)?.attempts).toEqual([expect.stringContaining('Timeout'), 200]);
  });

  test('ends after the attempts that the setting allows, and one means no retry', async () => {
    await using it = await conversation(({ path }) => (path === '/channel' ? 500 : 401));
    it.hubspot.configure({ channelAttempts: 1, eventAttempts: 4 });
    it.hubspot.agent.reply(it.threadId, 'Hi');
    await it.settled();
    expect(it.bridge.at('/channel')).toHaveLength(1);
    expect(it.bridge.at('/events')).toHaveLength(4);
    expect(it.hubspot.webhooks.deliveries().at(-1)?.state).toBe('given up');
  });

  test.each([
    ['duplicate', ['one', 'one', 'two']],
    ['drop', ['two']],
    ['reorder', ['two', 'one']],
    ['late', ['two', 'one']],
  ] as const)('with the trouble "%s" brings the replies one and two as %j', async (kind, arrived) => {
    await using it = await conversation();
    it.hubspot.webhooks.add({ kind, target: 'channel', delayMs: 100 });
    it.hubspot.agent.reply(it.threadId, 'one');
    it.hubspot.agent.reply(it.threadId, 'two');
    await it.settled();
    expect(it.texts()).toEqual(arrived);
    expect(it.hubspot.webhooks.list()).toEqual([]);
  });

  test('a held webhook is sent when it is released', async () => {
    await using it = await conversation();
    it.hubspot.webhooks.add({ kind: 'hold', target: 'events' });
    it.hubspot.agent.close(it.threadId);
    const delivery = await it.hubspot.until(() =>
      it.hubspot.webhooks.deliveries().find(({ state }) => state === 'held'),
    );
    it.hubspot.webhooks.release();
    await it.settled();
    expect(delivery).toMatchObject({ state: 'delivered', attempts: [200] });
  });

  test('can be signed with another secret, and at a stale time', async () => {
    await using it = await conversation();
    it.hubspot.webhooks.add({ kind: 'stale-timestamp', target: 'channel' });
    it.hubspot.agent.reply(it.threadId, 'Hi');
    await it.settled();
    const age = Date.now() - Number(it.bridge.at('/channel')[0]?.headers['x-hubspot-request-timestamp']);
    expect(age).toBeGreaterThan(300_000);
    it.hubspot.webhooks.add({ kind: 'wrong-signature', target: 'events' });
    it.hubspot.agent.close(it.threadId);
    await it.settled();
    const forged = it.bridge.at('/events').at(-1);
    const signed = { clientSecret: CLIENT_SECRET, method: 'POST', url: '', body: forged?.text ?? '', timestamp: 0 };
    const right = signatureHeaders(['v1'], signed);
    expect(forged?.headers['x-hubspot-signature']).toMatch(/^[0-9a-f]{64}$/);
    expect(forged?.headers['x-hubspot-signature']).not.toBe(right['x-hubspot-signature']);
  });

  test('brings what a test makes up', async () => {
    await using it = await conversation();
    it.hubspot.webhooks.send('channel', [{ type: 'SOMETHING_NEW' }]);
    await it.settled();
    expect(it.bridge.at('/channel')[0]?.body).toEqual({ type: 'SOMETHING_NEW' });
  });
});
