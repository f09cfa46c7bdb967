import type { AgentDelivery } from '@parley/shared/contracts/agent-delivery';
import type { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import { ChannelAccountId, followUpId } from '@parley/shared/contracts/ids';
import type { Mourn } from '@parley/shared/queues/dead-letters';
import { accountOf } from '@parley/shared/queues/lane';
import type { Accept } from '@parley/shared/queues/producer';

/** Tells the bot, once, that an event of its will not reach the agents, so that the visitor is not left waiting. */
export const createTellUndeliverable =
  ({ acceptAgentDelivery }: { acceptAgentDelivery: Accept<AgentDelivery> }): Mourn<EventFromBot> =>
  async ({ lane, reason }, { id, conversationId }) => {
    const account = ChannelAccountId.parse(accountOf(lane));
    const noticeId = followUpId('undeliverable', `${account}/${id}`);
    const event = {
      id: noticeId,
      type: 'message.undeliverable' as const,
      conversationId,
      occurredAt: new Date().toISOString(),
      data: { eventId: id, reason },
    };
    await acceptAgentDelivery({ account, conversation: conversationId }, [
      { id: noticeId, message: { kind: 'notice', event } },
    ]);
  };
