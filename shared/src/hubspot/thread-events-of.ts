import type { AgentDeliveryOf } from '../contracts/agent-delivery.ts';
import type { HandoffId, PortalId, ThreadId } from '../contracts/ids.ts';
import { type Ignored, type Malformed, malformed, shortened } from './agent-delivery-of.ts';
import { SubscriptionEvent, ThreadEvent } from './webhook-payloads.ts';

export interface ThreadEventRead {
  readonly portalId: PortalId;
  readonly threadId: ThreadId;
  /**
   * For a handoff in the thread, of which HubSpot names none: of one lane, in this order. Their ids are the same for repeats of one
   * event; a close that HubSpot tells in two ways (status, archive) may come twice.
   */
  readonly deliveries: (handoffId: HandoffId) => readonly {
    readonly id: string;
    readonly message: AgentDeliveryOf<'thread-assigned' | 'thread-closed' | 'handback' | 'thread-purged'>;
  }[];
}

/**
 * Names the close of a thread for ever, from whichever side it is learnt. With the handoff, since a thread into which others were
 * merged is closed for each of them.
 */
export const closeId = (threadId: ThreadId, handoffId: HandoffId, closedAt: string): string =>
  `closed-${threadId}-${Date.parse(closedAt)}-${handoffId}`;

/**
 * Reads the array that HubSpot sends to an app's webhook address: one reading for each event, in order. Never throws.
 *
 * Of `conversation.newMessage` nothing is read: it has no words in it, and tells of our own messages too. An agent's words come
 * to the channel's address. Of a thread that is given to nobody, or to a bot, nothing is read either.
 */
export const threadEventsOf = (body: unknown): (ThreadEventRead | Ignored | Malformed)[] =>
  Array.isArray(body) ? body.map(threadEventOf) : [threadEventOf(body)];

function threadEventOf(body: unknown): ThreadEventRead | Ignored | Malformed {
  const event = SubscriptionEvent.safeParse(body);
  if (!event.success) return malformed(event.error);
  const meaning = meaningOf(event.data);
  if (meaning === undefined) {
    const { type, propertyName } = event.data;
    return { ignored: `events of type ${shortened([type, propertyName].filter(Boolean).join(' '))}` };
  }
  const thread = ThreadEvent.safeParse(body);
  if (!thread.success) return malformed(thread.error);
  const { portalId, objectId: threadId, occurredAt } = thread.data;
  const deliveries = (handoffId: HandoffId) => {
    const where = { threadId, handoffIds: [handoffId] };
    if (typeof meaning === 'object') {
      const id = `assigned-${threadId}-${meaning.agentId}-${Date.parse(occurredAt)}-${handoffId}`;
      return [{ id, message: { kind: 'thread-assigned' as const, ...where, ...meaning, assignedAt: occurredAt } }];
    }
    const about = { ...where, closedAt: occurredAt };
    if (meaning === 'closed') {
      return [{ id: closeId(threadId, handoffId, occurredAt), message: { kind: 'thread-closed' as const, ...about } }];
    }
    // There is nothing left to look at, and forgetting must not wait for a bot that takes nothing.
    return [
      { id: `purged-${threadId}-handback-${handoffId}`, message: { kind: 'handback' as const, ...about } },
      { id: `purged-${threadId}-${handoffId}`, message: { kind: 'thread-purged' as const, ...about } },
    ];
  };
  return { portalId, threadId, deliveries };
}

/** A thread in the trash is as closed as one that an agent closed; so is one in any state that is not open. */
function meaningOf({ type, propertyName, propertyValue }: SubscriptionEvent) {
  if (type === 'conversation.privacyDeletion') return 'purged';
  if (type === 'conversation.deletion') return 'closed';
  if (type !== 'conversation.propertyChange') return undefined;
  if (propertyName === 'assignedTo') return agentIn(propertyValue);
  const closed =
    propertyName === 'isArchived'
      ? propertyValue === 'true'
      : propertyName === 'status' && propertyValue !== '' && propertyValue !== 'OPEN';
  return closed ? 'closed' : undefined;
}

/** HubSpot names an agent `A-123`, or by the bare id of the user. Bots, apps and nobody are named otherwise. */
function agentIn(assignee: string) {
  const userId = /^(?:A-)?(\d{1,20})$/.exec(assignee)?.[1];
  return userId === undefined ? undefined : { agentId: `A-${userId}` };
}
