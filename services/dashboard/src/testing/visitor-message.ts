import { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import type { Accepted } from '@parley/shared/queues/lane';
import { lane } from '@parley/shared/testing/test-queue';

export function visitorMessage(conversationId: string, id: string, text: string): Accepted<EventFromBot> {
  const occurredAt = new Date().toISOString();
  return {
    lane: lane(conversationId),
    id,
    message: EventFromBot.parse({ id, type: 'visitor.message', conversationId, occurredAt, data: { text } }),
  };
}
