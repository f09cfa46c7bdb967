import { z } from 'zod';
import { envelope, Time } from './envelope.ts';
import { EventId, HandoffId, MessageId } from './ids.ts';

const handoffId = HandoffId;

/** A bot must not break over a field that a later Parley adds, so unknown ones are passed over. */
const toBot = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) => envelope(type, data).strip();

/** An answer that the agent offers to choose: what to show, and what to say (`text`) or open (`url`) when it is chosen. */
export const QuickReply = z.object({ label: z.string(), value: z.string(), kind: z.enum(['text', 'url']) });

const Attachment = z.object({
  name: z.string(),
  /** Told by the name; `application/octet-stream` when that says nothing. */
  contentType: z.string(),
  /** A link of Parley's that leads to the file; whoever has it may read the file. */
  url: z.string(),
  /** After this the link leads nowhere, ISO 8601. */
  expiresAt: Time,
});

/** The person as HubSpot tells of them; name and picture are absent when HubSpot did not say in time. */
const Agent = z.object({ id: z.string(), name: z.string().optional(), avatarUrl: z.string().optional() });

/** An agent answered. Show it to the visitor; report the visitor's reading of it with `agent-message.read`. */
const AgentMessage = toBot(
  'agent.message',
  z.object({
    handoffId,
    messageId: MessageId,
    agent: Agent,
    /** Everything that can be said in words. Empty when the agent sent files alone. */
    text: z.string(),
    /**
     * The same as HTML, where the agent formatted it. Safe to show as it is: b, i, u, a with an http, https or mailto `href`, ul,
     * ol, li, blockquote, br, p, div, and no other attribute.
     */
    richText: z.string().optional(),
    /** Those in the text too, for a bot that can show buttons. */
    quickReplies: z.array(QuickReply).optional(),
    /** Fetch them before their links expire. Images within the agent's formatted text are here. */
    attachments: z.array(Attachment).optional(),
  }),
);

/** The conversation stands in the agents' inbox. Sent once for each `handoff.requested`. */
const HandoffAccepted = toBot('handoff.accepted', z.object({ handoffId, requestId: EventId }));

/** HubSpot gave the thread to an agent, or to another one. Some replies come without it: HubSpot may not tell, or others answer. */
const HandoffAssigned = toBot('handoff.assigned', z.object({ handoffId, agent: Agent }));

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

/** An event of which the bot was told that it is undeliverable has reached the agents after all: an operator replayed it. */
const MessageDelivered = toBot(
  'message.delivered',
  z.object({
    /** The bot's event. */
    eventId: EventId,
  }),
);

export const EventToBot = z.discriminatedUnion('type', [
  AgentMessage,
  HandoffAccepted,
  HandoffAssigned,
  HandoffClosed,
  MessageUndeliverable,
  MessageDelivered,
]);
export type EventToBot = z.infer<typeof EventToBot>;
