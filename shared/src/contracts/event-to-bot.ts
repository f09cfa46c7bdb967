import { z } from 'zod';
import { envelope, Time } from './envelope.ts';
import { EventId, HandoffId, MessageId } from './ids.ts';

const handoffId = HandoffId;

/** A bot must not break over a field that a later Parley adds, so unknown ones are passed over. */
const toBot = <Type extends string, Data extends z.ZodType>(type: Type, about: string, data: Data) =>
  envelope(type, about, data).strip().describe(about);

/** An answer that the agent offers to choose: what to show, and what to say (`text`) or open (`url`) when it is chosen. */
export const QuickReply = z.object({ label: z.string(), value: z.string(), kind: z.enum(['text', 'url']) });

export const Attachment = z.object({
  name: z.string(),
  contentType: z.string().describe('Told by the name; `application/octet-stream` when that says nothing.'),
  url: z.string().describe("A link of Parley's that leads to the file; whoever has it may read the file."),
  expiresAt: Time.describe('After this the link leads nowhere, ISO 8601.'),
});

export const Agent = z
  .object({ id: z.string(), name: z.string().optional(), avatarUrl: z.string().optional() })
  .describe('The person as HubSpot tells of them; name and picture are absent when HubSpot did not say in time.');

const AgentMessage = toBot(
  'agent.message',
  "An agent answered. Show it to the visitor; report the visitor's reading of it with `agent-message.read`.",
  z.object({
    handoffId,
    messageId: MessageId,
    agent: Agent,
    text: z.string().describe('Everything that can be said in words. Empty when the agent sent files alone.'),
    richText: z
      .string()
      .optional()
      .describe(
        'The same as HTML, where the agent formatted it. Safe to show as it is: b, i, u, a with an http, https or mailto `href`, ul, ol, li, blockquote, br, p, div, and no other attribute.',
      ),
    quickReplies: z.array(QuickReply).optional().describe('Those in the text too, for a bot that can show buttons.'),
    attachments: z
      .array(Attachment)
      .optional()
      .describe("Fetch them before their links expire. Images within the agent's formatted text are here."),
  }),
);

const HandoffAccepted = toBot(
  'handoff.accepted',
  "The conversation stands in the agents' inbox. Sent once for each `handoff.requested`.",
  z.object({ handoffId, requestId: EventId }),
);

const HandoffAssigned = toBot(
  'handoff.assigned',
  'HubSpot gave the thread to an agent, or to another one. Some replies come without it: HubSpot may not tell, or others answer.',
  z.object({ handoffId, agent: Agent }),
);

const HandoffClosed = toBot(
  'handoff.closed',
  'The agent closed the thread: the bot has the conversation back.',
  z.object({ handoffId }),
);

const MessageUndeliverable = toBot(
  'message.undeliverable',
  "An event of the bot's will not reach the agents unless an operator replays it.",
  z.object({
    eventId: EventId.describe("The bot's event that failed."),
    reason: z.string().describe('A sentence for a person.'),
  }),
);

const MessageDelivered = toBot(
  'message.delivered',
  'An event of which the bot was told that it is undeliverable has reached the agents after all: an operator replayed it.',
  z.object({ eventId: EventId.describe("The bot's event.") }),
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
