import type { AgentDeliveryOf } from '@parley/shared/contracts/agent-delivery';
import { followUpId } from '@parley/shared/contracts/ids';
import { isHandedOff } from '@parley/shared/conversations/conversation';
import type { Conversations } from '@parley/shared/conversations/conversations';
import type { HandoffEntry } from '@parley/shared/conversations/handoff-index';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import type { FindProfile } from '@parley/shared/hubspot/agents';
import { ignored, type Outcome } from '@parley/shared/queues/outcome';
import type { Attempt } from '@parley/shared/queues/turn';
import type { CallBot } from './bot-callback.ts';

interface TellAssignedParts {
  readonly conversations: Pick<Conversations, 'find'>;
  readonly findProfile: FindProfile;
  readonly callBot: CallBot;
}

/**
 * Tells the bot which agent has the thread, once for each assignment, so that the chat can say who joined. Whoever speaks is named
 * beside their words too, so a webhook that is lost, or comes before the thread is known, is not made up for, and a bot that does not
 * take it is not asked again: no words may wait for an ornament. Repeated after a crash it is the same event.
 */
export async function tellAssigned(
  { conversations, findProfile, callBot }: TellAssignedParts,
  { handoff, assigned }: { handoff: HandoffEntry | undefined; assigned: AgentDeliveryOf<'thread-assigned'> },
  { eventId }: Pick<Attempt, 'eventId'>,
): Promise<Outcome> {
  if (!handoff) return ignored('nothing is known of this thread any more');
  const conversation = await conversations.find(handoff);
  const isOver = conversation?.handoffId !== handoff.handoffId || !isHandedOff(conversation);
  if (isOver) return ignored('the handoff is over');

  const { agentId: id, assignedAt } = assigned;
  const told = callBot({
    id: followUpId('assigned', eventId),
    type: 'handoff.assigned',
    conversationId: handoff.conversation,
    occurredAt: assignedAt,
    data: { handoffId: handoff.handoffId, agent: { ...(await findProfile(id)), id } },
  });
  return told.catch((failure: unknown) => {
    if (failure instanceof RetryableError || failure instanceof TerminalError) return ignored(failure.message);
    throw failure;
  });
}
