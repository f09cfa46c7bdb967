import { UnrecoverableError } from 'bullmq';
import { turnId } from '../lane.ts';
import type { GrantedTurn } from '../lanes.ts';

interface Job {
  readonly id: string;
  readonly data: GrantedTurn;
  state: 'waiting' | 'active' | 'delayed' | 'completed' | 'failed';
  attemptsStarted: number;
  attemptsMade: number;
  stalledCounter: number;
  /** Whoever holds the lock. */
  lock: string;
  failedReason: string | undefined;
  /** Out of stalls: the next worker fails it without running it. */
  condemned: boolean;
}

/** A job in the hands of a worker: what it was when he took it. */
export type HeldJob = Readonly<Job>;

const isOver = ({ state }: Job) => state === 'completed' || state === 'failed';

const ATTEMPTS = 3;
const MAX_STALLS = 2;

export type JobBoard = ReturnType<typeof createJobBoard>;

/**
 * BullMQ as far as a lane sees it: one job for each id, taken under a lock that can run out, tried again, and out of attempts or
 * of stalls in the end. Nothing moves by itself, and no clock is asked.
 */
export function createJobBoard() {
  const jobs = new Map<string, Job>();
  let locks = 0;

  const all = (state: Job['state']) => [...jobs.values()].filter((job) => job.state === state);
  const held = ({ id, lock }: HeldJob) => {
    const job = jobs.get(id);
    return job?.state === 'active' && job.lock === lock ? job : undefined;
  };

  return {
    find: (id: string) => jobs.get(id),
    holds: (job: HeldJob | undefined): boolean => job !== undefined && held(job) !== undefined,
    state: () => [...jobs.values()],

    add(data: GrantedTurn): void {
      const id = turnId(data.lane, data.generation);
      if (jobs.has(id)) return;
      const counters = { attemptsStarted: 0, attemptsMade: 0, stalledCounter: 0 };
      jobs.set(id, { id, data, state: 'waiting', lock: '', failedReason: undefined, condemned: false, ...counters });
    },

    take(): HeldJob | undefined {
      const [job] = all('waiting');
      if (!job) return undefined;
      job.state = 'active';
      job.lock = `lock ${++locks}`;
      job.attemptsStarted++;
      return { ...job };
    },

    /** The state that the job has come to; undefined for a worker that has lost its lock, who changes nothing. */
    finish(by: HeldJob, failure?: Error): Job['state'] | undefined {
      const job = held(by);
      if (!job) return undefined;
      job.failedReason = failure?.message;
      if (failure) job.attemptsMade++;
      const over = failure instanceof UnrecoverableError || job.attemptsMade >= ATTEMPTS;
      job.state = failure ? (over ? 'failed' : 'delayed') : 'completed';
      return job.state;
    },

    delay(by: HeldJob): boolean {
      const job = held(by);
      if (job) job.state = 'delayed';
      return job !== undefined;
    },

    wake(): boolean {
      const delayed = all('delayed');
      for (const job of delayed) job.state = 'waiting';
      return delayed.length > 0;
    },

    /** The lock of every job for which `lost` holds runs out, as if its worker were dead or stopped. */
    stall(lost: (job: HeldJob) => boolean): boolean {
      const stalled = all('active').filter(lost);
      for (const job of stalled) {
        job.state = 'waiting';
        job.condemned = ++job.stalledCounter > MAX_STALLS;
      }
      return stalled.length > 0;
    },

    /** An operator removes the oldest job that is not done. */
    remove(): boolean {
      const job = [...jobs.values()].find((other) => !isOver(other));
      return job !== undefined && jobs.delete(job.id);
    },

    /** Nothing will happen by itself any more. */
    isStill: (): boolean => [...jobs.values()].every(isOver),
  };
}
