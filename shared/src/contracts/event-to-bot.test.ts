import { describe, expect, test } from '@jest/globals';
import { AgentDelivery } from './agent-delivery.ts';
import { DeliveryReport } from './delivery-report.ts';
import { EventToBot } from './event-to-bot.ts';

const handoffId = '7d9a2c1e-5b54-5c3e-9d0a-0a4b8f6f2a11';

const envelope = { id: 'evt-1', conversationId: 'chat-42', occurredAt: '2026-01-05T10:00:00Z' };

const events = [
  { ...envelope, type: 'handoff.accepted', data: { handoffId, requestId: 'evt-0' } },
  { ...envelope, type: 'handoff.assigned', data: { handoffId, agent: { id: 'A-1', name: 'Grace' } } },
  { ...envelope, type: 'agent.message', data: { handoffId, messageId: 'm-1', agent: { id: 'A-1' }, text: '' } },
  { ...envelope, type: 'handoff.closed', data: { handoffId } },
  { ...envelope, type: 'message.undeliverable', data: { eventId: 'evt-0', reason: 'HubSpot refused it' } },
  { ...envelope, type: 'message.delivered', data: { eventId: 'evt-0' } },
];

describe('an event to the bot', () => {
  test.each(events)('$type', (event) => {
    expect(EventToBot.parse(event)).toEqual(event);
  });

  test.each(events)('$type with fields of a later Parley is read without them', (event) => {
    expect(EventToBot.parse({ ...event, later: 1, data: { ...event.data, later: 1 } })).toEqual(event);
  });

  test.each(events)('$type without its data is refused', (event) => {
    expect(EventToBot.safeParse({ ...event, data: {} }).success).toBe(false);
  });
});

describe('a delivery in a lane', () => {
  const thread = { threadId: '12', handoffIds: [handoffId] };
  const words = { messageId: 'm-1', agent: { id: 'A-1', name: 'Grace' }, text: 'Hello', sentAt: envelope.occurredAt };

  test.each([
    { kind: 'agent-message', ...thread, ...words },
    { kind: 'agent-message', threadId: '12', handoffIds: [], ...words, text: '' },
    { kind: 'thread-assigned', ...thread, agentId: 'A-1', assignedAt: envelope.occurredAt },
    { kind: 'thread-closed', ...thread, closedAt: envelope.occurredAt },
    { kind: 'notice', event: events[0] },
  ])('comes back from Redis as it was: $kind', (delivery) => {
    expect(AgentDelivery.parse(JSON.parse(JSON.stringify(delivery)))).toEqual(delivery);
  });

  test.each([
    { kind: 'agent-message', ...thread, ...words, handoffIds: ['not-a-uuid'] },
    { kind: 'notice', event: { ...events[0], type: 'visitor.message' } },
    { kind: 'typing', ...thread },
  ])('of a form that nobody could deliver is refused: $kind', (delivery) => {
    expect(AgentDelivery.safeParse(delivery).success).toBe(false);
  });
});

test('a report of a failure says why, since the agent reads it', () => {
  expect(DeliveryReport.safeParse({ messageId: 'm-1', status: 'failed' }).success).toBe(false);
  expect(DeliveryReport.parse({ messageId: 'm-1', status: 'failed', reason: 'the bot is gone' })).toMatchObject({
    reason: 'the bot is gone',
  });
  expect(DeliveryReport.safeParse({ messageId: 'm-1', status: 'sent' }).success).toBe(true);
});
