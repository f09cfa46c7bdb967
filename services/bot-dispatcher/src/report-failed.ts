import type { AgentDelivery } from '@parley/shared/contracts/agent-delivery';
import type { DeliveryReport } from '@parley/shared/contracts/delivery-report';
import { ChannelAccountId, ConversationId, followUpId } from '@parley/shared/contracts/ids';
import type { Mourn } from '@parley/shared/queues/dead-letters';
import { accountOf, conversationOf } from '@parley/shared/queues/lane';
import type { Accept } from '@parley/shared/queues/producer';

/** Tells the agent that a reply did not reach the visitor, and why. Of other deliveries only the operator hears. */
export const createReportFailed =
  ({ acceptReport }: { acceptReport: Accept<DeliveryReport> }): Mourn<AgentDelivery> =>
  async ({ lane, reason }, delivery) => {
    if (delivery.kind !== 'agent-message') return;
    const { messageId } = delivery;
    const message = { messageId, status: 'failed' as const, reason: `Not delivered to the visitor: ${reason}` };
    const failedLane = {
      account: ChannelAccountId.parse(accountOf(lane)),
      conversation: ConversationId.parse(conversationOf(lane)),
    };
    await acceptReport([{ lane: failedLane, id: followUpId('failed', messageId), message }]);
  };
