import { queues } from '@parley/shared/queues/catalogue';

/** The queues with as many attempts as ever, a few milliseconds apart. */
export const quickLadders = {
  visitorMessages: { ...queues.visitorMessages, ladder: queues.visitorMessages.ladder.map(() => 5) },
  agentMessages: { ...queues.agentMessages, ladder: queues.agentMessages.ladder.map(() => 5) },
  comments: { ...queues.comments, ladder: queues.comments.ladder.map(() => 5) },
  deliveryReports: { ...queues.deliveryReports, ladder: queues.deliveryReports.ladder.map(() => 5) },
};
