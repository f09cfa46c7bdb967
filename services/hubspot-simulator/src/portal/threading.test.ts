import { describe, expect, test } from '@jest/globals';
import { oneThread } from '../testing/one-thread.ts';
import { incoming, setup } from '../testing/setup.ts';

describe('which thread a message goes to', () => {
  test('a known UUID finds its thread again, and another one opens another', async () => {
    await using it = await oneThread();
    expect((await it.publish()).body.conversationsThreadId).toBe(it.threadId);
    const { body } = await it.publish({ integrationThreadId: 'b0f4f1f4-3a63-4f58-8b59-9a5d7c1f6f02' });
    expect(body.conversationsThreadId).not.toBe(it.threadId);
  });

  test.each([
    ['no integration thread id', undefined],
    ['a numeric one', '12345'],
    ['one that is no UUID', 'conversation-1'],
  ])('%s opens a new thread each time', async (_what, integrationThreadId) => {
    await using it = await setup();
    await it.publish({ integrationThreadId });
    await it.publish({ integrationThreadId });
    expect(it.hubspot.threads()).toHaveLength(2);
  });

  test('a message to a closed thread opens it again, or opens a new one, as the setting has it', async () => {
    await using it = await oneThread();
    it.hubspot.agent.close(it.threadId);
    expect((await it.publish()).body.conversationsThreadId).toBe(it.threadId);
    expect((await it.call('GET', it.path)).body).toMatchObject({ status: 'OPEN' });

    it.hubspot.configure({ closedThread: 'new-thread' });
    it.hubspot.agent.close(it.threadId);
    const { body: elsewhere } = await it.publish();
    expect(elsewhere.conversationsThreadId).not.toBe(it.threadId);
    expect((await it.publish()).body.conversationsThreadId).toBe(elsewhere.conversationsThreadId);
    expect((await it.call('GET', it.path)).body).toMatchObject({ status: 'CLOSED' });
  });

  test('with threading by delivery identifier the sender decides, whatever the integration thread id', async () => {
    await using it = await setup({ settings: { threadingModel: 'DELIVERY_IDENTIFIER' } });
    await it.publish();
    await it.publish({ integrationThreadId: undefined });
    const senders = [{ deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS', value: 'bob@example.com' } }];
    await it.publish({ senders });
    expect(it.hubspot.threads().map(({ messages }) => messages.length)).toEqual([2, 1]);
    expect(it.hubspot.threads()[0]?.integrationThreadId).not.toBe(incoming().integrationThreadId);
  });
});
