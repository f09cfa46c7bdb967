import { z } from 'zod';
import { envelope, Time } from './envelope.ts';
import { MessageId } from './ids.ts';
import { Visitor } from './visitor.ts';

/** Characters. HubSpot names no limit for a comment; this one keeps a transcript of a thousand lines within one request. */
const MAX_TEXT = 10_000;

/** Characters of what the visitor says. Parley cuts it into as many messages as HubSpot needs. */
const MAX_WORDS = 100_000;

const atMost = (max: number) =>
  z.string('must be a string').max(max, `must be at most ${max} characters: split it into several messages`);

const isBlank = (text: string) => text.trim() === '';

const Text = atMost(MAX_TEXT).refine((text) => !isBlank(text), 'must not be empty');

const MAX_ATTACHMENTS = 10;

const Attachment = z.strictObject({
  /** Where Parley fetches the file, without any login, soon after the event. */
  url: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }).max(4_000, 'must be at most 4000 characters'),
  /** As the agent shall see it. Without it, the last part of the address. */
  name: z
    .string('must be a string')
    .min(1, 'must not be empty: leave it out')
    .max(200, 'must be at most 200 characters')
    .optional(),
  /** Counts where the answer at `url` names no type. */
  contentType: z
    .string('must be a string')
    .regex(/^[\w.+-]{1,100}\/[\w.+-]{1,100}$/, 'must be a type like image/png')
    .optional(),
});
export type Attachment = z.infer<typeof Attachment>;

const TranscriptLine = z.strictObject({
  /** Who spoke. */
  from: z.enum(['visitor', 'bot'], 'must be visitor or bot'),
  text: Text,
  /** When it was said, ISO 8601. */
  at: Time.optional(),
});
export type TranscriptLine = z.infer<typeof TranscriptLine>;

/** The visitor asked for a person. Opens a thread in HubSpot; until `handoff.closed` the agents have the conversation. */
const HandoffRequested = envelope(
  'handoff.requested',
  z.strictObject({
    visitor: Visitor.default({}),
    /** Opens the thread in the visitor's name. Without it, Parley writes that the visitor asked for a person. */
    text: atMost(MAX_WORDS)
      .refine((text) => !isBlank(text), 'must not be empty')
      .optional(),
    /** What was said before, oldest first. The agent reads it as one comment, which the visitor never sees. */
    transcript: z.array(TranscriptLine).max(1_000, 'must be at most 1000 lines: send the latest').default([]),
  }),
);

/** The visitor wrote to the agents. */
const VisitorMessage = envelope(
  'visitor.message',
  z
    .strictObject({
      /** Empty only beside attachments. */
      text: atMost(MAX_WORDS),
      /**
       * The same as HTML, for agents to read: b, i, u, a, ul, ol, li, blockquote, br and p. All else is taken out of it. Words
       * that are too long for one message of HubSpot's go as plain text.
       */
      richText: atMost(MAX_WORDS).optional(),
      /** Files of the visitor's. One that cannot be had becomes a line of text for the agent. */
      attachments: z
        .array(Attachment)
        .max(MAX_ATTACHMENTS, `must be at most ${MAX_ATTACHMENTS} files: send the others with another message`)
        .optional(),
    })
    .refine(({ text, attachments = [] }) => !isBlank(text) || attachments.length > 0, {
      path: ['text'],
      error: 'must not be empty, unless there are attachments',
    }),
);

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
