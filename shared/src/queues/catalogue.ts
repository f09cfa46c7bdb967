import type { z } from 'zod';
import { AgentComment } from '../contracts/agent-comment.ts';
import { AgentDelivery } from '../contracts/agent-delivery.ts';
import { DeliveryReport } from '../contracts/delivery-report.ts';
import { EventFromBot } from '../contracts/event-from-bot.ts';
import { CHAT_LADDER, REPORT_LADDER, type RetryLadder } from './retry-ladder.ts';

/** What is fixed about one queue. */
export interface QueueDefinition<Message> {
  readonly name: string;
  /** What a lane of it carries; an entry that does not parse is a dead letter. */
  readonly schema: z.ZodType<Message>;
  readonly ladder: RetryLadder;
}

const define = <Message>(definition: QueueDefinition<Message>) => definition;

/**
 * The map of the system: who fills each queue, and who empties it.
 *
 * | queue              | filled by                      | emptied by        |
 * | ------------------ | ------------------------------ | ----------------- |
 * | `visitor-messages` | ingress, from the bot          | hubspot-publisher |
 * | `agent-messages`   | ingress, from HubSpot; publisher, and dispatcher before a handback | bot-dispatcher |
 * | `delivery-reports` | bot-dispatcher; publisher      | hubspot-publisher |
 * | `comments`         | publisher, what it cannot write at once | hubspot-publisher |
 */
export const queues = {
  visitorMessages: define({ name: 'visitor-messages', schema: EventFromBot, ladder: CHAT_LADDER }),
  agentMessages: define({ name: 'agent-messages', schema: AgentDelivery, ladder: CHAT_LADDER }),
  deliveryReports: define({ name: 'delivery-reports', schema: DeliveryReport, ladder: REPORT_LADDER }),
  comments: define({ name: 'comments', schema: AgentComment, ladder: REPORT_LADDER }),
};
