import { z } from 'zod';
import { ConversationId, EventId } from './ids.ts';

/** A time in an event, always as it was written. */
export const Time = z.iso.datetime({
  offset: true,
  error: 'must be a time in ISO 8601 with offset, like 2026-11-02T10:07:00.000Z',
});

/** What every event has, in both directions. `about` says what happened; the type decides the shape of `data`. */
export const envelope = <Type extends string, Data extends z.ZodType>(type: Type, about: string, data: Data) =>
  z
    .strictObject({
      id: EventId.describe('Names the event for ever; the receiver treats the same id as the same event.'),
      type: z.literal(type),
      conversationId: ConversationId.describe("The bot's own id of the conversation."),
      occurredAt: Time.describe(
        "When it happened by the sender's clock, ISO 8601 with offset. Order is that of arrival, never of this clock.",
      ),
      data,
    })
    .describe(about);
