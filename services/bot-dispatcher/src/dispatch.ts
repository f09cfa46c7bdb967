import type { AgentDelivery, AgentDeliveryOf } from '@parley/shared/contracts/agent-delivery';
import type { DeliveryReport } from '@parley/shared/contracts/delivery-report';
import { EventId, followUpId } from '@parley/shared/contracts/ids';
import type { Conversations } from '@parley/shared/conversations/conversations';
import type { HandoffEntry } from '@parley/shared/conversations/handoff-index';
import { TerminalError } from '@parley/shared/failures';
import type { FindProfile } from '@parley/shared/hubspot/agents';
import { accountOf, isOfUnknownThread, laneName } from '@parley/shared/queues/lane';
import type { Outcome } from '@parley/shared/queues/outcome';
import type { Accept } from '@parley/shared/queues/producer';
import type { Attempt, Handle } from '@parley/shared/queues/turn';
import { type HandBackParts, handBack, prepareHandback, purge } from './hand-back.ts';
import { tellAssigned } from './tell-assigned.ts';
import { type WholeMessageParts, wholeMessage } from './whole-message.ts';
import { type AttachmentParts, withAttachments } from './with-attachments.ts';

export interface DispatchParts extends HandBackParts {
  readonly hubspot: HandBackParts['hubspot'] & WholeMessageParts['hubspot'];
  readonly conversations: HandBackParts['conversations'] & Pick<Conversations, 'findHandoffs'>;
  readonly findProfile: FindProfile;
  readonly files: AttachmentParts;
  readonly acceptReport: Accept<DeliveryReport>;
}

/** Brings one delivery to the bot. Every step may be repeated: the bot knows the event by its id. */
export const createDispatch =
  (parts: DispatchParts): Handle<AgentDelivery> =>
  async (delivery, attempt) => {
    switch (delivery.kind) {
      case 'agent-message':
        return dispatchAgentMessage(parts, delivery, attempt);
      case 'thread-assigned':
        return tellAssigned(parts, { handoff: await findNamed(parts, delivery), assigned: delivery }, attempt);
      case 'thread-closed':
        return prepareHandback(parts, { handoff: await namedHandoff(parts, delivery), close: delivery }, attempt);
      case 'handback':
        return handBack(parts, { handoff: await namedHandoff(parts, delivery), handback: delivery });
      case 'thread-purged':
        return purge(parts, { handoff: await findNamed(parts, delivery), threadId: delivery.threadId });
      case 'notice':
        return parts.callBot(delivery.event);
    }
  };

async function dispatchAgentMessage(
  parts: DispatchParts,
  delivery: AgentDeliveryOf<'agent-message'>,
  attempt: Attempt,
): Promise<Outcome> {
  const { messageId, agent, sentAt } = delivery;
  const handoff = known(inLane(await findHandoffs(parts, delivery), attempt.lane), delivery);
  const message = await wholeMessage(parts, delivery, attempt);
  const profile = await parts.findProfile(agent.id);
  const outcome = await parts.callBot({
    id: EventId.parse(messageId),
    type: 'agent.message',
    conversationId: handoff.conversation,
    occurredAt: sentAt,
    data: {
      handoffId: handoff.handoffId,
      messageId,
      agent: { ...profile, ...agent },
      ...withAttachments(parts.files, message),
    },
  });
  await parts.conversations.move(handoff, ['waiting'], 'with-agent');
  await parts.acceptReport([
    { lane: handoff, id: followUpId('sent', messageId), message: { messageId, status: 'sent' } },
  ]);
  return outcome;
}

type AboutThread = Pick<AgentDeliveryOf<'agent-message'>, 'threadId' | 'handoffIds'>;

const findHandoffs = ({ portal, conversations }: DispatchParts, { threadId, handoffIds }: AboutThread) =>
  conversations.findHandoffs({ portal, threadId, handoffIds });

/**
 * The handoff whose lane the words stand in. Others may have come into the thread since they were accepted, also those of another
 * bot. Words that nobody knew stand in a lane of their own, and go to whoever of the account has the thread by now.
 */
const inLane = (handoffs: readonly HandoffEntry[], lane: string): HandoffEntry | undefined =>
  handoffs.find((one) => laneName(one) === lane || (isOfUnknownThread(lane) && one.account === accountOf(lane)));

/** The handoff that an event of a thread names: each other one in that thread is told in its own lane. */
async function findNamed(parts: DispatchParts, about: AboutThread): Promise<HandoffEntry | undefined> {
  return (await findHandoffs(parts, about)).find(({ handoffId }) => about.handoffIds.includes(handoffId));
}

const namedHandoff = async (parts: DispatchParts, about: AboutThread): Promise<HandoffEntry> =>
  known(await findNamed(parts, about), about);

function known(handoff: HandoffEntry | undefined, { threadId }: AboutThread): HandoffEntry {
  if (handoff) return handoff;
  throw new TerminalError(
    `no conversation is known for thread ${threadId}: it was not begun by this Parley, or more than 90 days ago`,
  );
}
