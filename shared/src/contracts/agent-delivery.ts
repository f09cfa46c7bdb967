import { z } from 'zod';
import { EventToBot } from './event-to-bot.ts';
import { HandoffId, MessageId, ThreadId } from './ids.ts';

/** Identifies the thread in our words. A merged thread has several handoffs; the first known one decides. */
const Thread = { threadId: ThreadId, handoffIds: z.array(HandoffId) };

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
    sentAt: z.iso.datetime({ offset: true }),
  }),
  z.object({ kind: z.literal('thread-closed'), ...Thread, closedAt: z.iso.datetime({ offset: true }) }),
  z.object({ kind: z.literal('notice'), event: EventToBot }),
]);
export type AgentDelivery = z.infer<typeof AgentDelivery>;

export type AgentDeliveryOf<Kind extends AgentDelivery['kind']> = Extract<AgentDelivery, { kind: Kind }>;
