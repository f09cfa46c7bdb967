import { turnId } from '@parley/shared/queues/lane';
import type { OpenQueue } from '@parley/shared/queues/open-queue';
import type { WaitingLane } from './survey-queue.ts';

/** What the turn of a lane went through so far. */
export interface Retry {
  readonly attempts: number;
  /** Why the last attempt failed, as the attempt's log line has it. */
  readonly reason: string | undefined;
  /** Until a time that HubSpot, the bot or the ladder of retries named. */
  readonly waits: boolean;
}

/** Undefined for a lane whose next message was not attempted yet. An attempt that ended in a pause is none. */
export async function retryOf(
  queue: Pick<OpenQueue<unknown>, 'turns'>,
  { lane, owner }: WaitingLane,
): Promise<Retry | undefined> {
  if (!owner) return undefined;
  const job = await queue.turns.getJob(turnId(lane, owner.generation));
  if (!job) return undefined;
  const waits = await job.isDelayed();
  return waits || job.attemptsMade > 0 ? { attempts: job.attemptsMade, reason: job.failedReason, waits } : undefined;
}
