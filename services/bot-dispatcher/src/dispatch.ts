import type { AgentDelivery, AgentDeliveryOf } from '@parley/shared/contracts/agent-delivery';
import type { DeliveryReport } from '@parley/shared/contracts/delivery-report';
import { EventId, followUpId, type PortalId } from '@parley/shared/contracts/ids';
import type { Conversations } from '@parley/shared/conversations/conversations';
import type { HandoffEntry } from '@parley/shared/conversations/handoff-index';
import { TerminalError } from '@parley/shared/failures';
import type { FindProfile } from '@parley/shared/hubspot/agents';
import { ignored, type Outcome } from '@parley/shared/queues/outcome';
import type { Accept } from '@parley/shared/queues/producer';
import type { Handle } from '@parley/shared/queues/turn';
import type { CallBot } from './bot-callback.ts';

export interface DispatchParts {
  readonly portal: PortalId;
  readonly conversations: Pick<Conversations, 'findHandoff' | 'find' | 'move'>;
  readonly callBot: CallBot;
  readonly findProfile: FindProfile;
  readonly acceptReport: Accept<DeliveryReport>;
}

/** Brings one delivery to the bot. Every step may be repeated: the bot knows the event by its id. */
export const createDispatch =
  (parts: DispatchParts): Handle<AgentDelivery> =>
  (delivery) => {
    switch (delivery.kind) {
      case 'agent-message':
        return dispatchAgentMessage(parts, delivery);
      case 'thread-closed':
        return handBack(parts, delivery);
      case 'notice':
        return parts.callBot(delivery.event);
    }
  };

async function dispatchAgentMessage(
  parts: DispatchParts,
  delivery: AgentDeliveryOf<'agent-message'>,
): Promise<Outcome> {
  const { messageId, agent, text, richText, quickReplies, sentAt } = delivery;
  const handoff = await handoffOf(parts, delivery);
  const profile = await parts.findProfile(agent.id);
  const outcome = await parts.callBot({
    id: EventId.parse(messageId),
    type: 'agent.message',
    conversationId: handoff.conversation,
    occurredAt: sentAt,
    data: { handoffId: handoff.handoffId, messageId, agent: { ...profile, ...agent }, text, richText, quickReplies },
  });
  await parts.conversations.move(handoff, ['waiting'], 'with-agent');
  const report = { id: followUpId('sent', messageId), message: { messageId, status: 'sent' as const } };
  await parts.acceptReport(handoff, [report]);
  return outcome;
}

/** The conversation is the bot's from the moment it has taken `handoff.closed`. */
async function handBack(parts: DispatchParts, delivery: AgentDeliveryOf<'thread-closed'>): Promise<Outcome> {
  const handoff = await handoffOf(parts, delivery);
  const conversation = await parts.conversations.find(handoff);
  if (conversation?.handoffId !== handoff.handoffId) return ignored('a later handoff has begun');
  if (conversation.state === 'bot') return ignored('the bot has the conversation already');
  if (conversation.state === 'closed') return ignored('the visitor had left');
  const outcome = await parts.callBot({
    id: followUpId('closed', handoff.handoffId),
    type: 'handoff.closed',
    conversationId: handoff.conversation,
    occurredAt: delivery.closedAt,
    data: { handoffId: handoff.handoffId },
  });
  await parts.conversations.move(handoff, ['waiting', 'with-agent'], 'bot');
  return outcome;
}

async function handoffOf(
  { portal, conversations }: DispatchParts,
  { threadId, handoffIds }: AgentDeliveryOf<'agent-message' | 'thread-closed'>,
): Promise<HandoffEntry> {
  const handoff = await conversations.findHandoff({ portal, threadId, handoffIds });
  if (handoff) return handoff;
  throw new TerminalError(
    `no conversation is known for thread ${threadId}: it was not begun by this Parley, or more than 90 days ago`,
  );
}
