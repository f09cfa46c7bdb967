import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'bullmq';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { createBurial, type Mourn } from './dead-letters.ts';
import type { OpenQueue, TurnData } from './open-queue.ts';
import { pauseMs } from './retry-ladder.ts';
import { boundReturning } from './returning.ts';
import { type Sweeper, startSweeper } from './sweeper.ts';
import { createTurn, type Handle, Retried } from './turn.ts';

export interface Consumer extends AsyncDisposable {
  readonly sweeper: Sweeper;
}

/**
 * Turns at work at once in one process. Each spends its time waiting, for the other side or for its place in the rate budget. An
 * account that floods has no more than its window; one whose calls hang has besides as many of those that come again as
 * `returning.ts` lets it have, so a tenth of these at worst.
 */
const CONCURRENCY = 1_000;

/** A killed worker's turn goes to another after lock plus check, about 20 s. */
const LOCK_MS = 15_000;
const STALLED_CHECK_MS = 5_000;

/** Longer than any call that a handler has in hand, and shorter than what a platform waits before it kills. */
const LEAVE_MS = 20_000;

/** How many workers may die on one message before it is held to be the cause. */
const MAX_STALLS = 10;

/**
 * Takes the turns of a queue until disposed: then it takes no more, ends each turn after the message in hand, and waits for those.
 */
export function startConsumer<Message>(parts: {
  queue: OpenQueue<Message>;
  handle: Handle<Message>;
  mourn: Mourn<Message>;
  telemetry: Telemetry;
}): Consumer {
  const { queue, handle, mourn, telemetry } = parts;
  const burial = createBurial(queue, mourn);
  let leaving = false;
  const turn = createTurn({ queue, handle, burial, telemetry, leaving: () => leaving });
  const bounded = boundReturning(turn, queue.definition.ladder);

  const worker = new Worker<TurnData, string>(queue.definition.name, bounded, {
    connection: queue.redis,
    prefix: queue.prefix,
    concurrency: CONCURRENCY,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: MAX_STALLS,
    settings: {
      backoffStrategy: (attempt, _type, error) =>
        error instanceof Retried ? error.inMs : pauseMs(queue.definition.ladder, attempt),
    },
  });
  worker.on('error', (error) => {
    // While Redis is away every blocked command fails; whoever opened the connection has said so once.
    if (queue.redis.status === 'ready')
      telemetry.logger.error({ err: error, queue: queue.definition.name }, 'worker error');
  });
  // BullMQ fails a job that is out of stalls without calling us. Every other failed turn has buried its head by now, and
  // is refused by the fence.
  worker.on('failed', (job, error) => {
    if (!job?.finishedOn) return;
    const { lane, generation } = job.data;
    burial
      .bury({ lane, generation }, { reason: error.message, attempts: job.attemptsMade })
      .catch((failure: unknown) =>
        telemetry.logger.error({ err: failure, lane }, 'burial failed, the sweeper repeats it'),
      );
  });
  const sweeper = startSweeper({ queue, burial, telemetry });

  return {
    sweeper,
    async [Symbol.asyncDispose]() {
      leaving = true;
      const left = Promise.all([sweeper[Symbol.asyncDispose](), worker.close()]);
      // With Redis away nothing can be finished; the next process takes over what was in hand.
      const patienceMs = queue.redis.status === 'ready' ? LEAVE_MS : 0;
      await Promise.race([left, pause(patienceMs, undefined, { ref: false })]);
    },
  };
}
