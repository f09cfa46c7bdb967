import { z } from 'zod';
import { envelope } from './envelope.ts';
import { MessageId } from './ids.ts';
import { Visitor } from './visitor.ts';

/** Characters. HubSpot names no limit for a message; this one keeps a transcript of a thousand lines within one request. */
const MAX_TEXT = 10_000;

const Text = z
  .string('must be a string')
  .max(MAX_TEXT, `must be at most ${MAX_TEXT} characters: split it into several messages`)
  .refine((text) => text.trim() !== '', 'must not be empty');

const TranscriptLine = z.strictObject({
  /** Who spoke. */
  from: z.enum(['visitor', 'bot']),
  text: Text,
  /** When it was said, ISO 8601. */
  at: z.iso.datetime({ offset: true }).optional(),
});
export type TranscriptLine = z.infer<typeof TranscriptLine>;

/** The visitor asked for a person. Opens a thread in HubSpot; until `handoff.closed` the agents have the conversation. */
const HandoffRequested = envelope(
  'handoff.requested',
  z.strictObject({
    visitor: Visitor.default({}),
    /** Opens the thread in the visitor's name. Without it, Parley writes that the visitor asked for a person. */
    text: Text.optional(),
    /** What was said before, oldest first. The agent reads it as one comment, which the visitor never sees. */
    transcript: z.array(TranscriptLine).max(1_000).default([]),
  }),
);

/** The visitor wrote to the agents. */
const VisitorMessage = envelope('visitor.message', z.strictObject({ text: Text }));

/** The bot itself said something to the visitor during the handoff. The agent reads it as a comment. */
const BotMessage = envelope('bot.message', z.strictObject({ text: Text }));

/** The bot learnt who the visitor is. Fields given replace those known before. */
const VisitorIdentified = envelope('visitor.identified', z.strictObject({ visitor: Visitor }));

/** The visitor has seen an agent's message; `messageId` is the one of its `agent.message`. */
const AgentMessageRead = envelope('agent-message.read', z.strictObject({ messageId: MessageId }));

/** The visitor left. The agent reads so in a comment and the thread is closed. */
const ConversationEnded = envelope('conversation.ended', z.strictObject({}));

export const EventFromBot = z.discriminatedUnion('type', [
  HandoffRequested,
  VisitorMessage,
  BotMessage,
  VisitorIdentified,
  AgentMessageRead,
  ConversationEnded,
]);
export type EventFromBot = z.infer<typeof EventFromBot>;

/** The event of one type, for handlers that serve just that one. */
export type FromBot<Type extends EventFromBot['type']> = Extract<EventFromBot, { type: Type }>;
