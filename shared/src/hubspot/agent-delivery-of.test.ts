import { describe, expect, test } from '@jest/globals';
import { AgentDelivery } from '../contracts/agent-delivery.ts';
import { agentDeliveryOf } from './agent-delivery-of.ts';

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
    [webhook({ type: 'WELCOME_MESSAGE' }), 'messages of type WELCOME_MESSAGE'],
    [webhook({ direction: 'INCOMING' }), 'messages of direction INCOMING'],
    [webhook({ direction: undefined, senders: [{ actorId: 'V-1401', name: 'Ada' }] }), "a visitor's own words"],
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
