import { DelayedError } from 'bullmq';
import { accountOf } from './lane.ts';
import { WINDOW } from './lanes.ts';
import { pauseMs, type RetryLadder } from './retry-ladder.ts';
import type { TurnJob } from './turn.ts';

type Turn = (job: TurnJob, token?: string) => Promise<string>;

/** Of one account in one process: room for its window, which comes back whole when a pause of the portal is over, and as much again. */
const MOST = 2 * WINDOW;

const LEAST_PAUSE_MS = 1_000;

/**
 * The same turns, but of those that were begun before no more than {@link MOST} of one account are at work at once: their lanes may
 * stand outside of its window, and while the other side hangs they would take the process from everybody else. One too many comes
 * again after the pause that it had, touches no lane, and burns no attempt.
 */
export function boundReturning(turn: Turn, ladder: RetryLadder): Turn {
  const underWay = new Map<string, number>();
  const count = (account: string, by: 1 | -1) => underWay.set(account, (underWay.get(account) ?? 0) + by);

  return async (job, token) => {
    if (job.attemptsStarted <= 1) return turn(job, token);
    const account = accountOf(job.data.lane);
    if ((underWay.get(account) ?? 0) >= MOST) {
      const againInMs = Math.max(LEAST_PAUSE_MS, pauseMs(ladder, job.attemptsMade));
      await job.moveToDelayed(Date.now() + againInMs, token);
      throw new DelayedError();
    }
    count(account, 1);
    try {
      return await turn(job, token);
    } finally {
      count(account, -1);
    }
  };
}
