import { DelayedError, UnrecoverableError } from 'bullmq';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { z } from 'zod';
import { createBurial, openDeadLetters } from '../dead-letters.ts';
import { type GrantedTurn, openLanes } from '../lanes.ts';
import { delivered } from '../outcome.ts';
import { createProducer } from '../producer.ts';
import { createSweep } from '../sweeper.ts';
import { createTurn } from '../turn.ts';
import type { HeldJob, JobBoard } from './job-board.ts';
import type { LetterBox } from './letter-box.ts';
import type { Stage } from './stage.ts';
import type { Witness } from './witness.ts';

interface BridgeParts {
  /** Its scripts are defined. */
  readonly redis: Redis;
  readonly namespace: string;
  readonly window: number;
  readonly stage: Stage;
  readonly board: JobBoard;
  readonly box: LetterBox;
  readonly witness: Witness;
  readonly leaving: () => boolean;
}

/** The code of a queue as it runs, on a stage: the lanes lie in a real Redis, and BullMQ is a board. */
export function openBridge({ redis, namespace, window, stage, board, box, witness, leaving }: BridgeParts) {
  const staged: Redis = new Proxy(redis, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name === 'defineCommand') return () => undefined;
      const command = String(name);
      return (...args: unknown[]) =>
        stage.call(command, (by) => witness.see(by, command, args, async () => Reflect.apply(member, target, args)));
    },
  });
  const definition = { name: 'words', schema: z.string(), ladder: [1, 1] };
  const queue = {
    definition,
    redis: staged,
    letters: box.letters,
    lanes: openLanes({ redis: staged, namespace, queue: definition.name, window }),
    async addTurns(turns: readonly GrantedTurn[]) {
      await Promise.all(turns.map((turn) => stage.call('add the turn', async () => board.add(turn))));
    },
    turns: {
      getJobState: (id: string) => stage.call('read the state', async () => board.find(id)?.state ?? 'unknown'),
      getJob: (id: string) => stage.call('read the job', async () => board.find(id)),
    },
  };
  const telemetry = { attempted: () => undefined, healed: () => undefined, logger: pino({ level: 'silent' }) };
  const burial = createBurial(queue, () => stage.call('mourn', async () => undefined));
  const turn = createTurn({
    queue,
    burial,
    telemetry,
    leaving,
    async handle(_word, { eventId, acceptedAt }) {
      await stage.call('deliver', async (by) => witness.delivered(by, eventId, acceptedAt));
      return delivered;
    },
  });

  /** What BullMQ's worker does with a job, and the consumer with one that has failed for good. */
  async function work(job: HeldJob): Promise<void> {
    const failure = job.condemned
      ? new UnrecoverableError('job stalled more than allowable limit')
      : await turn({ ...job, moveToDelayed: () => delay(job) }).then(
          () => undefined,
          (thrown: Error) => thrown,
        );
    if (failure instanceof DelayedError) return;
    const state = await stage.call('finish the job', async () => board.finish(job, failure));
    if (state === 'failed') await burial.bury(job.data, { reason: 'failed', attempts: job.attemptsMade });
  }

  async function delay(job: HeldJob): Promise<void> {
    const held = await stage.call('delay the job', async () => board.delay(job));
    if (!held) throw new Error('the lock is gone');
  }

  return {
    accept: createProducer(queue),
    work,
    sweep: createSweep({ queue, burial, telemetry }),
    ...openDeadLetters(queue),
  };
}
