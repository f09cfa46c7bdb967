import { z } from 'zod';
import { EventToBot, QuickReply } from './event-to-bot.ts';
import { HandoffId, MessageId, ThreadId } from './ids.ts';

/** Identifies the thread in our words. A merged thread has several handoffs; the first known one decides. */
const Thread = { threadId: ThreadId, handoffIds: z.array(HandoffId) };

/** A file of HubSpot's: by its id, or, where HubSpot names none, by its address. */
export const AgentFile = z.union([
  z.object({ fileId: z.string().regex(/^\d+$/), name: z.string().optional() }),
  z.object({ url: z.url(), name: z.string().optional() }),
]);
export type AgentFile = z.infer<typeof AgentFile>;

/**
 * What the lanes of `agent-messages` carry towards the bot.
 *
 * Words of HubSpot's are kept as they came and matched to their conversation when they are dispatched, so that a dead letter
 * of an unknown thread can be replayed once the thread is known.
 */
export const AgentDelivery = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('agent-message'),
    ...Thread,
    messageId: MessageId,
    agent: z.object({ id: z.string(), name: z.string().optional() }),
    text: z.string(),
    /** Sanitised. */
    richText: z.string().optional(),
    quickReplies: z.array(QuickReply).optional(),
    /** What HubSpot can be asked for; the bot gets links that are made when this is dispatched. */
    files: z.array(AgentFile).optional(),
    /**
     * HubSpot cut the words: all of the above is of what is left of them. Holds what hangs on the message, as HubSpot tells it, with
     * which the whole is read when this is dispatched.
     */
    truncated: z.object({ attachments: z.array(z.unknown()) }).optional(),
    sentAt: z.iso.datetime({ offset: true }),
  }),
  /** HubSpot gave a thread to an agent. */
  z.object({
    kind: z.literal('thread-assigned'),
    ...Thread,
    /** HubSpot's actor id, like `A-123`. */
    agentId: z.string(),
    assignedAt: z.iso.datetime({ offset: true }),
  }),
  /** HubSpot says that a thread is closed, which may overtake the last words said in it: it is looked at before anything follows. */
  z.object({ kind: z.literal('thread-closed'), ...Thread, closedAt: z.iso.datetime({ offset: true }) }),
  /** The thread was looked at, and stands behind all that was said in it: the bot gets the conversation back. */
  z.object({ kind: z.literal('handback'), ...Thread, closedAt: z.iso.datetime({ offset: true }) }),
  /** The thread was deleted for somebody's privacy: what is known of the conversation is forgotten. */
  z.object({ kind: z.literal('thread-purged'), ...Thread, closedAt: z.iso.datetime({ offset: true }) }),
  z.object({ kind: z.literal('notice'), event: EventToBot }),
]);
export type AgentDelivery = z.infer<typeof AgentDelivery>;

export type AgentDeliveryOf<Kind extends AgentDelivery['kind']> = Extract<AgentDelivery, { kind: Kind }>;
