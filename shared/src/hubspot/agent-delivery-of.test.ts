import { describe, expect, test } from '@jest/globals';
import { AgentDelivery } from '../contracts/agent-delivery.ts';
import { agentDeliveryOf, closedThreadsOf } from './agent-delivery-of.ts';

const HANDOFF = '0b6f7c0e-6a57-4a10-9d5e-0b2cf1f5c0a1';
const OTHER_HANDOFF = '7d1f2a34-1111-4222-8333-444455556666';

const identifier = { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'acme-bot-prod' };
const MESSAGE = {
  type: 'MESSAGE',
  id: 'aa11',
  channelId: '477835',
  channelAccountId: '898158620',
  conversationsThreadId: '176347007',
  createdAt: '2026-11-02T10:06:59.800Z',
  createdBy: 'A-2620022',
  senders: [{ actorId: 'A-2620022', name: 'Leslie K', deliveryIdentifier: identifier }],
  recipients: [{ actorId: 'V-1401', name: 'Ada', deliveryIdentifier: identifier }],
  text: 'Hi Ada',
  richText: '<div>Hi Ada</div>',
  direction: 'OUTGOING',
  inReplyToId: null,
  truncationStatus: 'NOT_TRUNCATED',
  status: { statusType: 'SENT' },
  attachments: [],
};
const WEBHOOK = {
  type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
  portalId: '48448169',
  channelId: '477835',
  eventTimestamp: '2026-11-02T10:07:00.000Z',
  eventId: 'f2d1',
  channelIntegrationThreadIds: [HANDOFF],
};

const webhook = (message: object = {}, outer: object = {}) => ({
  ...WEBHOOK,
  ...outer,
  message: { ...MESSAGE, ...message },
});

describe('a webhook of the channel', () => {
  test('is an agent message, with all that the lanes and the bot need', () => {
    const read = agentDeliveryOf(webhook());
    expect(read).toEqual({
      portalId: '48448169',
      channelId: '477835',
      channelAccountId: '898158620',
      dedupeId: 'aa11',
      delivery: {
        kind: 'agent-message',
        threadId: '176347007',
        handoffIds: [HANDOFF],
        messageId: 'aa11',
        agent: { id: 'A-2620022', name: 'Leslie K' },
        text: 'Hi Ada',
        sentAt: '2026-11-02T10:06:59.800Z',
      },
    });
    expect(AgentDelivery.safeParse(Object(read).delivery).success).toBe(true);
  });

  test.each<[string, object]>([
    [
      'numbers for ids',
      webhook(
        { channelAccountId: 898158620, conversationsThreadId: 176347007 },
        { portalId: 48448169, channelId: 477835 },
      ),
    ],
    ['a status that is a string', webhook({ status: 'SENT' })],
    ['identifiers that are strings', webhook({ senders: [{ ...MESSAGE.senders[0], deliveryIdentifier: 'acme' }] })],
    ['a number for the event id', webhook({}, { eventId: 100 })],
    ['another event id', webhook({}, { eventId: 'repeat' })],
    ['no event timestamp', webhook({}, { eventTimestamp: undefined })],
    ['neither type nor direction nor attachments', webhook({ type: undefined, direction: null, attachments: null })],
  ])('may come with %s', (_, body) => {
    expect(agentDeliveryOf(body)).toEqual(agentDeliveryOf(webhook()));
  });

  test.each<[string, object, object]>([
    ['an agent without a name', { senders: [{ actorId: 'A-1', name: null }] }, { agent: { id: 'A-1' } }],
    ['no sender', { senders: null }, { agent: { id: 'A-2620022' } }],
    ['nobody at all', { senders: [], createdBy: undefined }, { agent: { id: 'unknown' } }],
    ['no date of its own', { createdAt: undefined }, { sentAt: '2026-11-02T10:07:00.000Z' }],
    ['a date in milliseconds', { createdAt: 1_793_613_000_000 }, { sentAt: '2026-11-02T09:50:00.000Z' }],
  ])('may come with %s', (_, message, delivery) => {
    const usual = Object(agentDeliveryOf(webhook())).delivery;
    expect(Object(agentDeliveryOf(webhook(message))).delivery).toEqual({ ...usual, ...delivery });
  });

  test.each([
    [
      [HANDOFF, OTHER_HANDOFF],
      [HANDOFF, OTHER_HANDOFF],
    ],
    [['12345', HANDOFF, 7, null], [HANDOFF]],
    [[], []],
    [null, []],
    [undefined, []],
  ])('of the threads %j has the handoffs %j', (channelIntegrationThreadIds, handoffIds) => {
    expect(agentDeliveryOf(webhook({}, { channelIntegrationThreadIds }))).toMatchObject({ delivery: { handoffIds } });
  });

  test.each<[object, string]>([
    [{ type: 'CHANNEL_ACCOUNT_UPDATED', portalId: 1 }, 'webhooks of type CHANNEL_ACCOUNT_UPDATED'],
    [{ type: '' }, 'webhooks of type none'],
    [webhook({ type: 'COMMENT' }), 'messages of type COMMENT'],
    [webhook({ direction: 'INCOMING' }), 'messages of direction INCOMING'],
    [webhook({ text: '\n', richText: '' }), 'an empty message'],
  ])('%# is ignored with its reason', (body, ignored) => {
    expect(agentDeliveryOf(body)).toEqual({ ignored });
  });

  test.each<[unknown, RegExp]>([
    [null, /^the body /],
    [[webhook()], /^type |^the body /],
    [{ type: 7 }, /^type /],
    [{ ...WEBHOOK }, /^message /],
    [webhook({ id: '' }), /^message\.id the message id must be/],
    [webhook({}, { portalId: 'na1' }), /^portalId must be digits$/],
    [webhook({ createdAt: 'yesterday' }, { eventTimestamp: 8.64e15 + 1 }), /^message\.createdAt /],
  ])('%# that cannot be understood names the field', (body, malformed) => {
    expect(agentDeliveryOf(body)).toEqual({ malformed: expect.stringMatching(malformed) });
  });
});

describe('the events of a subscription', () => {
  const CLOSED = {
    eventId: 1760000001,
    subscriptionId: 2233,
    portalId: 48448169,
    appId: 123456,
    occurredAt: 1793613000000,
    subscriptionType: 'conversation.propertyChange',
    attemptNumber: 0,
    objectId: 176347007,
    propertyName: 'status',
    propertyValue: 'CLOSED',
  };
  const READ = {
    portalId: '48448169',
    dedupeId: 'closed-176347007-1793613000000',
    delivery: { kind: 'thread-closed', threadId: '176347007', handoffIds: [], closedAt: '2026-11-02T09:50:00.000Z' },
  };

  test.each<[string, object]>([
    ['a status that is CLOSED', CLOSED],
    ['a repeat under another event id, which is a string', { ...CLOSED, eventId: '100', attemptNumber: 3 }],
    ['ids that are strings', { ...CLOSED, portalId: '48448169', objectId: '176347007' }],
    [
      'eventType in place of subscriptionType',
      { ...CLOSED, subscriptionType: undefined, eventType: CLOSED.subscriptionType },
    ],
    ['a status that nobody documented', { ...CLOSED, propertyValue: 'ARCHIVED' }],
    ['an archived thread', { ...CLOSED, propertyName: 'isArchived', propertyValue: true }],
    ['a thread in the trash', { ...CLOSED, subscriptionType: 'conversation.deletion', propertyName: undefined }],
    ['a purged thread', { ...CLOSED, subscriptionType: 'conversation.privacyDeletion', propertyName: null }],
  ])('tell of a closed thread by %s', (_, event) => {
    expect(closedThreadsOf([event])).toEqual([READ]);
    expect(AgentDelivery.safeParse(READ.delivery).success).toBe(true);
  });

  test.each([
    [{ ...CLOSED, propertyValue: 'OPEN' }, 'events of type conversation.propertyChange status'],
    [{ ...CLOSED, propertyValue: undefined }, 'events of type conversation.propertyChange status'],
    [
      { ...CLOSED, propertyName: 'isArchived', propertyValue: 'false' },
      'events of type conversation.propertyChange isArchived',
    ],
    [
      { ...CLOSED, propertyName: 'assignedTo', propertyValue: 'A-1' },
      'events of type conversation.propertyChange assignedTo',
    ],
    [{ subscriptionType: 'conversation.newMessage', objectId: 123 }, 'events of type conversation.newMessage'],
    [{}, 'events of type none'],
  ])('%# is ignored with its reason', (event, ignored) => {
    expect(closedThreadsOf([event])).toEqual([{ ignored }]);
  });

  test('are read one by one: one that cannot be understood spoils no other', () => {
    expect(closedThreadsOf([7, CLOSED, { ...CLOSED, objectId: null }])).toEqual([
      { malformed: expect.stringMatching(/^the body /) },
      READ,
      { malformed: 'objectId must be a string or a whole number' },
    ]);
  });

  test('may come as one object, or none', () => {
    expect(closedThreadsOf(CLOSED)).toEqual([READ]);
    expect(closedThreadsOf([])).toEqual([]);
    expect(closedThreadsOf(null)).toEqual([{ malformed: expect.stringMatching(/^the body /) }]);
  });
});
