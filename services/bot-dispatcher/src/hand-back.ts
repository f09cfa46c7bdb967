import type { AgentDelivery, AgentDeliveryOf } from '@parley/shared/contracts/agent-delivery';
import { followUpId, type ThreadId } from '@parley/shared/contracts/ids';
import type { Conversations } from '@parley/shared/conversations/conversations';
import type { HandoffEntry } from '@parley/shared/conversations/handoff-index';
import { type LookParts, lookAtHandoff } from '@parley/shared/conversations/look-at-handoff';
import { NotYet } from '@parley/shared/failures';
import { delivered, ignored, type Outcome } from '@parley/shared/queues/outcome';
import type { Accept } from '@parley/shared/queues/producer';
import type { Attempt } from '@parley/shared/queues/turn';
import type { CallBot } from './bot-callback.ts';
import type { LookPatiently, Patience } from './look-patiently.ts';

export interface HandBackParts extends LookParts {
  readonly conversations: LookParts['conversations'] & Pick<Conversations, 'move' | 'forgetThread' | 'purge'>;
  readonly callBot: CallBot;
  readonly acceptAgentDelivery: Accept<AgentDelivery>;
  readonly closing: Pick<ClosingPace, 'graceMs'>;
  readonly lookPatiently: LookPatiently;
}

/** How long a close waits, in milliseconds. */
export interface ClosingPace extends Patience {
  /** Before the thread is looked at: replies whose webhooks are on their way, and an agent who closed by mistake, have so long. */
  readonly graceMs: number;
}

export const CLOSING_PACE: ClosingPace = { graceMs: 2_000, lookAgainMs: 5_000, patienceMs: 60_000 };

/**
 * A thread was closed. HubSpot's two webhook systems know nothing of each other, so the close may have overtaken the last reply,
 * and the reply's webhook may be lost: after a moment the thread is read, the replies found there are put into the lane, and
 * behind them the handback. A reply that is in the lane already is a duplicate by its id, and so is its webhook when it comes
 * later. A thread that was opened again is not handed back.
 *
 * When HubSpot cannot be asked, the handback goes on without; what was missed then is found by the reconciling that follows every
 * handoff's end. Dying anywhere repeats the look, and whatever was put into the lane is a duplicate.
 */
export async function prepareHandback(
  parts: HandBackParts,
  { handoff, close }: { handoff: HandoffEntry; close: AgentDeliveryOf<'thread-closed'> },
  attempt: Pick<Attempt, 'lane' | 'eventId' | 'acceptedAt'>,
): Promise<Outcome> {
  const over = await reasonNotToHandBack(parts, { handoff, threadId: close.threadId });
  if (over) return ignored(over);

  const { graceMs } = parts.closing;
  const waitMs = Math.min(graceMs, attempt.acceptedAt + graceMs - Date.now());
  if (waitMs > 0) throw new NotYet('replies may be on their way', waitMs);
  const look = await parts.lookPatiently({ what: 'the thread', delivery: attempt }, () =>
    lookAtHandoff(parts, handoff, { urgency: 'delivery' }),
  );
  if (look?.is === 'open') return ignored('the thread is open');

  const { closedAt } = close;
  const threadId = look?.threadId ?? close.threadId;
  const handback = { kind: 'handback' as const, threadId, handoffIds: [handoff.handoffId], closedAt };
  const handbackId = followUpId('handback', `${handoff.account}/${attempt.eventId}`);
  const messages = [...(look?.replies ?? []), { id: handbackId, message: handback }];
  await parts.acceptAgentDelivery(messages.map((one) => ({ lane: handoff, ...one })));
  return delivered;
}

/**
 * The agents do not have the conversation from the moment the bot is being told: it may have heard and asked again before we know
 * that it has heard.
 */
export async function handBack(
  parts: Pick<HandBackParts, 'conversations' | 'callBot'>,
  { handoff, handback }: { handoff: HandoffEntry; handback: AgentDeliveryOf<'handback'> },
): Promise<Outcome> {
  const reason = await reasonNotToHandBack(parts, { handoff, threadId: handback.threadId });
  if (reason) return ignored(reason);
  await parts.conversations.move(handoff, ['waiting', 'with-agent'], 'handing-back');
  const outcome = await parts.callBot({
    id: followUpId('closed', handoff.handoffId),
    type: 'handoff.closed',
    conversationId: handoff.conversation,
    occurredAt: handback.closedAt,
    data: { handoffId: handoff.handoffId },
  });
  await parts.conversations.move(handoff, ['handing-back'], 'bot');
  return outcome;
}

/**
 * A thread was deleted for somebody's privacy: what we know of the conversation is forgotten, after its handback, which stands
 * before this in the lane. Of a thread that was merged into another one before, only the name is forgotten. Repeated after a crash
 * it finds nothing, or what is left.
 */
export async function purge(
  { portal, conversations }: Pick<HandBackParts, 'portal' | 'conversations'>,
  { handoff, threadId }: { handoff: HandoffEntry | undefined; threadId: ThreadId },
): Promise<Outcome> {
  if (!handoff) return ignored('nothing is known of this thread any more');
  if (await goesOnElsewhere(conversations, { handoff, threadId })) {
    await conversations.forgetThread({ portal, threadId }, handoff.handoffId);
    return ignored(ELSEWHERE);
  }
  await conversations.purge(portal, handoff);
  return delivered;
}

const ELSEWHERE = 'the handoff goes on in another thread';

interface Closed {
  readonly handoff: HandoffEntry;
  readonly threadId: ThreadId;
}

async function reasonNotToHandBack(
  { conversations }: Pick<HandBackParts, 'conversations'>,
  { handoff, threadId }: Closed,
): Promise<string | undefined> {
  const conversation = await conversations.find(handoff);
  if (conversation?.handoffId !== handoff.handoffId) return 'a later handoff has begun';
  if (conversation.state === 'bot') return 'the bot has the conversation already';
  if (conversation.state === 'closed') return 'the visitor had left';
  return (await goesOnElsewhere(conversations, { handoff, threadId })) ? ELSEWHERE : undefined;
}

/** Agents merged the thread into another one. */
async function goesOnElsewhere(conversations: Pick<Conversations, 'threadOf'>, { handoff, threadId }: Closed) {
  const goesOnIn = await conversations.threadOf(handoff.handoffId);
  return goesOnIn !== undefined && goesOnIn !== threadId;
}
