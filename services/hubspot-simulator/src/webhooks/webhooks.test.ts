import { describe, expect, test } from '@jest/globals';
import type { Received } from '../testing/setup.ts';
import { ACCOUNT, ADA, CHANNEL, CLIENT_SECRET, incoming, setup, startReceiver, THREADS } from '../testing/setup.ts';
import { signatureHeaders } from './signature.ts';

/** A thread with one visitor message in a simulator whose webhooks reach `bridge`; those so far are delivered. */
async function conversation(answer?: (received: Received, count: number) => number | null) {
  const parts = new AsyncDisposableStack();
  const bridge = parts.use(await startReceiver(answer));
  const it = parts.use(await setup({ settings: { retryDelayMs: 5 } }));
  const { hubspot } = it;
  const threadId: string = (await it.publish()).body.conversationsThreadId;
  await hubspot.webhooks.settled();
  hubspot.connect(bridge.addresses);
  const texts = () => bridge.at('/channel').map(({ body }) => body.message.text);
  return {
    ...it,
    bridge,
    threadId,
    settled: hubspot.webhooks.settled,
    texts,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

describe('the webhooks of the channel', () => {
  test("carry an agent's reply as one object", async () => {
    await using it = await conversation();
    const messageId = it.hubspot.agent.reply(it.threadId, 'Hi Ada', { agent: 'Leslie K' });
    await it.settled();
    const body = it.bridge.at('/channel')[0]?.body;
    expect(body).toEqual({
      type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
      portalId: '48448169',
      channelId: CHANNEL,
      eventTimestamp: expect.stringMatching(/Z$/),
      eventId: expect.any(String),
      channelIntegrationThreadIds: [incoming().integrationThreadId],
      message: {
        type: 'MESSAGE',
        id: messageId,
        channelId: CHANNEL,
        channelAccountId: ACCOUNT,
        conversationsThreadId: it.threadId,
        createdAt: expect.any(String),
        createdBy: 'A-2620022',
        senders: [
          {
            actorId: 'A-2620022',
            name: 'Leslie K',
            deliveryIdentifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'parley' },
          },
        ],
        recipients: [{ actorId: expect.stringMatching(/^V-/), name: 'Ada', deliveryIdentifier: ADA }],
        text: 'Hi Ada',
        richText: '<div>Hi Ada</div>',
        direction: 'OUTGOING',
        inReplyToId: null,
        truncationStatus: 'NOT_TRUNCATED',
        status: { statusType: 'SENT' },
        attachments: [],
      },
    });
  });

  test('have the other forms that were seen when the settings say so', async () => {
    await using it = await conversation();
    it.hubspot.configure({ webhookStatus: 'string', webhookPortalId: 'number', webhookSenderName: 'absent' });
    it.hubspot.agent.reply(it.threadId, 'Hi');
    await it.settled();
    const body = it.bridge.at('/channel')[0]?.body;
    expect(body).toMatchObject({ portalId: 48448169, message: { status: 'SENT' } });
    expect(body.message.senders[0]).not.toHaveProperty('name');
  });

  test('carry no comment', async () => {
    await using it = await conversation();
    it.hubspot.agent.comment(it.threadId, 'looks angry');
    it.hubspot.agent.reply(it.threadId, 'Hi');
    await it.settled();
    expect(it.texts()).toEqual(['Hi']);
  });
});

describe('the webhooks of the app', () => {
  test('tell of our own publish, its thread and its message, in one array without the words', async () => {
    await using it = await conversation();
    const other = '5a9ddc8f-2c23-4a52-a30b-0b4a1a2f9b11';
    const { body: message } = await it.publish({ integrationThreadId: other });
    await it.settled();
    const posts = it.bridge.at('/events').map(({ body }) => body);
    const common = { portalId: 48448169, appId: 123456, objectId: Number(message.conversationsThreadId) };
    expect(posts).toEqual([
      [
        expect.objectContaining({ ...common, subscriptionType: 'conversation.creation', attemptNumber: 0 }),
        expect.objectContaining({
          ...common,
          subscriptionType: 'conversation.newMessage',
          messageId: message.id,
          messageType: 'MESSAGE',
        }),
      ],
    ]);
    expect(JSON.stringify(posts)).not.toContain('human');
  });

  test.each([
    ['actor-id', 'A-2620022'],
    ['user-id', '2620022'],
  ] as const)('tell who has a thread (as %s), and that it was closed and opened', async (webhookAssignee, assignee) => {
    await using it = await conversation();
    it.hubspot.configure({ webhookAssignee });
    const { agent } = it.hubspot;
    agent.reply(it.threadId, 'Hi');
    agent.assign(it.threadId, undefined);
    agent.close(it.threadId);
    agent.close(it.threadId);
    expect((await it.call('PATCH', `${THREADS}/${it.threadId}`, { status: 'OPEN' })).status).toBe(200);
    await it.settled();
    const changes = it.bridge
      .at('/events')
      .flatMap(({ body }) => body)
      .filter(({ subscriptionType }) => subscriptionType === 'conversation.propertyChange');
    expect(changes.map(({ propertyName, propertyValue }) => [propertyName, propertyValue])).toEqual([
      ['assignedTo', assignee],
      ['assignedTo', ''],
      ['status', 'CLOSED'],
      ['status', 'OPEN'],
    ]);
  });

  test('tell of a comment as a new message of that type', async () => {
    await using it = await conversation();
    it.hubspot.agent.comment(it.threadId, 'looks angry');
    await it.settled();
    expect(it.bridge.at('/events')[0]?.body).toMatchObject([{ messageType: 'COMMENT' }]);
  });
});

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
