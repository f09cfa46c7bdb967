import { describe, expect, test } from '@jest/globals';
import { conversation } from '../testing/conversation.ts';
import { ACCOUNT, ADA, CHANNEL, incoming, THREADS } from '../testing/setup.ts';

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
