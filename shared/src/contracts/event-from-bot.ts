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

const notBlank = (max: number) => atMost(max).regex(/\S/, 'must not be empty');

const MAX_ATTACHMENTS = 10;

export const Attachment = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
    .max(4_000, 'must be at most 4000 characters')
    .describe('Where Parley fetches the file, without any login, soon after the event.'),
  name: z
    .string('must be a string')
    .min(1, 'must not be empty: leave it out')
    .max(200, 'must be at most 200 characters')
    .optional()
    .describe('As the agent shall see it. Without it, the last part of the address.'),
  contentType: z
    .string('must be a string')
    .regex(/^[\w.+-]{1,100}\/[\w.+-]{1,100}$/, 'must be a type like image/png')
    .optional()
    .describe('Counts where the answer at `url` names no type.'),
});
export type Attachment = z.infer<typeof Attachment>;

export const TranscriptLine = z.strictObject({
  from: z.enum(['visitor', 'bot'], 'must be visitor or bot').describe('Who spoke.'),
  text: notBlank(MAX_TEXT),
  at: Time.optional().describe('When it was said, ISO 8601.'),
});
export type TranscriptLine = z.infer<typeof TranscriptLine>;

const HandoffRequested = envelope(
  'handoff.requested',
  'The visitor asked for a person. Opens a thread in HubSpot; until `handoff.closed` the agents have the conversation.',
  z.strictObject({
    visitor: Visitor.default({}),
    text: notBlank(MAX_WORDS)
      .optional()
      .describe(
        "Opens the thread in the visitor's name. Without it, Parley writes that the visitor asked for a person.",
      ),
    transcript: z
      .array(TranscriptLine)
      .max(1_000, 'must be at most 1000 lines: send the latest')
      .default([])
      .describe('What was said before, oldest first. The agent reads it as one comment, which the visitor never sees.'),
  }),
);

const VisitorMessage = envelope(
  'visitor.message',
  'The visitor wrote to the agents.',
  z
    .strictObject({
      text: atMost(MAX_WORDS).describe('Empty only beside attachments.'),
      richText: atMost(MAX_WORDS)
        .optional()
        .describe(
          "The same as HTML, for agents to read: b, i, u, a, ul, ol, li, blockquote, br and p. All else is taken out of it. Words that are too long for one message of HubSpot's go as plain text.",
        ),
      attachments: z
        .array(Attachment)
        .max(MAX_ATTACHMENTS, `must be at most ${MAX_ATTACHMENTS} files: send the others with another message`)
        .optional()
        .describe("Files of the visitor's. One that cannot be had becomes a line of text for the agent."),
    })
    .refine(({ text, attachments = [] }) => text.trim() !== '' || attachments.length > 0, {
      path: ['text'],
      error: 'must not be empty, unless there are attachments',
    }),
);

const BotMessage = envelope(
  'bot.message',
  'The bot itself said something to the visitor during the handoff. The agent reads it as a comment.',
  z.strictObject({ text: notBlank(MAX_TEXT) }),
);

const VisitorIdentified = envelope(
  'visitor.identified',
  'The bot learnt who the visitor is. Fields given replace those known before.',
  z.strictObject({ visitor: Visitor }),
);

const AgentMessageRead = envelope(
  'agent-message.read',
  "The visitor has seen an agent's message; `messageId` is the one of its `agent.message`.",
  z.strictObject({ messageId: MessageId }),
);

const ConversationEnded = envelope(
  'conversation.ended',
  'The visitor left. The agent reads so in a comment and the thread is closed.',
  z.strictObject({}),
);

const events = [
  HandoffRequested,
  VisitorMessage,
  BotMessage,
  VisitorIdentified,
  AgentMessageRead,
  ConversationEnded,
] as const;

const TYPES = events.map(({ shape }) => shape.type.value).join(', ');

export const EventFromBot = z.discriminatedUnion('type', events, {
  error: ({ code }) => (code === 'invalid_union' ? `must be one of ${TYPES}` : undefined),
});
export type EventFromBot = z.infer<typeof EventFromBot>;

/** The event of one type, for handlers that serve just that one. */
export type FromBot<Type extends EventFromBot['type']> = Extract<EventFromBot, { type: Type }>;
