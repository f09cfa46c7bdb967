import { queues } from '@parley/shared/queues/catalogue';
import type { RetryLadder } from '@parley/shared/queues/retry-ladder';

/** Parley's own attempts with `pace` times its pauses. Locks, pauses of a portal and what else counts in seconds stay as they are. */
export function compressed(pace: number) {
  const ladder = (steps: RetryLadder): RetryLadder => steps.map((ms) => ms * pace);
  return {
    catalogue: {
      visitorMessages: { ...queues.visitorMessages, ladder: ladder(queues.visitorMessages.ladder) },
      agentMessages: { ...queues.agentMessages, ladder: ladder(queues.agentMessages.ladder) },
      deliveryReports: { ...queues.deliveryReports, ladder: ladder(queues.deliveryReports.ladder) },
      comments: { ...queues.comments, ladder: ladder(queues.comments.ladder) },
    },
    closing: { graceMs: 2_000 * pace, lookAgainMs: 2_000 * pace, patienceMs: 60_000 * pace },
    reconcileRoundMs: 10_000 * pace,
  };
}
