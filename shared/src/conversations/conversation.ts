import { z } from 'zod';
import { ContactId, HandoffId, MessageId, ThreadId } from '../contracts/ids.ts';
import { Visitor } from '../contracts/visitor.ts';

/**
 * Who has the conversation.
 *
 * ```
 *   bot ──handoff.requested──► waiting ──first words of an agent──► with-agent
 *    ▲                            │                                     │
 *    └── handing-back ◄── the agent closes ─────────────────────────────┤
 *                                        conversation.ended ──► closed ◄┘
 * ```
 * `handing-back`: the bot is being told and may have heard it already. From here, from `bot` and from `closed` the next
 * `handoff.requested` begins a new handoff with a new id.
 */
export const ConversationState = z.enum(['bot', 'waiting', 'with-agent', 'handing-back', 'closed']);
export type ConversationState = z.infer<typeof ConversationState>;

/** What is remembered of a conversation, as one Redis hash. Forgotten 90 days after the last change. */
export const Conversation = z.object({
  /** A conversation that was never handed off is the bot's. */
  state: ConversationState.default('bot'),
  /** The latest handoff: made before the first message is published, and kept after it is over for late words of the agent. */
  handoffId: HandoffId.optional(),
  /** HubSpot's thread of that handoff, as every published message names it. */
  threadId: ThreadId.optional(),
  /** HubSpot's id of the message that was published last: by it HubSpot tells where the thread has gone. */
  lastMessageId: MessageId.optional(),
  contactId: ContactId.optional(),
  /** What the bot said of the visitor, in this handoff and before. */
  visitor: Visitor,
  /** The time on the message published last. Each message carries a later one, since HubSpot may sort by it. */
  lastPublishedAt: z.coerce.number().default(0),
});
export type Conversation = z.infer<typeof Conversation>;

/** The agents have it: what the visitor says goes to them. */
export const isHandedOff = (conversation: Conversation | undefined): conversation is Conversation =>
  conversation?.state === 'waiting' || conversation?.state === 'with-agent';
