import { z } from 'zod';
import { envelope } from './envelope.ts';
import { EventId, HandoffId, MessageId } from './ids.ts';

const handoffId = HandoffId;

/** A bot must not break over a field that a later Parley adds, so unknown ones are passed over. */
const toBot = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) => envelope(type, data).strip();

/** An agent answered. Show it to the visitor; report the visitor's reading of it with `agent-message.read`. */
const AgentMessage = toBot(
  'agent.message',
  z.object({
    handoffId,
    messageId: MessageId,
    /** As HubSpot names the person; absent when HubSpot did not say. */
    agent: z.object({ id: z.string(), name: z.string().optional() }),
    text: z.string(),
  }),
);

/** The conversation stands in the agents' inbox. Sent once for each `handoff.requested`. */
const HandoffAccepted = toBot('handoff.accepted', z.object({ handoffId, requestId: EventId }));

/** The agent closed the thread: the bot has the conversation back. */
const HandoffClosed = toBot('handoff.closed', z.object({ handoffId }));

/** An event of the bot's will not reach the agents unless an operator replays it. */
const MessageUndeliverable = toBot(
  'message.undeliverable',
  z.object({
    /** The bot's event that failed. */
    eventId: EventId,
    /** A sentence for a person. */
    reason: z.string(),
  }),
);

export const EventToBot = z.discriminatedUnion('type', [
  AgentMessage,
  HandoffAccepted,
  HandoffClosed,
  MessageUndeliverable,
]);
export type EventToBot = z.infer<typeof EventToBot>;
