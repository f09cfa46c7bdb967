import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@parley/shared/logging/logger';
import { openLead } from '@parley/shared/redis/lead';
import type { Redis } from 'ioredis';

/** Asked before each step of a task: false when another process leads, or this one stops. */
export type MayGoOn = () => Promise<boolean>;

export type Task = (mayGoOn: MayGoOn) => Promise<void>;

export interface RoundsParts {
  readonly redis: Redis;
  readonly namespace: string;
  /** What a round consists of, each task under a name of its own. */
  readonly tasks: () => Promise<ReadonlyMap<string, Task>>;
  readonly logger: Logger;
}

/** Pause between two rounds: the window of HubSpot's rate limit. */
const ROUND_MS = 10_000;

/** A leader that died is followed after so long; it renews its lead before each step, which takes less. */
const LEAD_MS = 60_000;

/** Longer than the step in hand, and shorter than what a platform waits before it kills. */
const LEAVE_MS = 20_000;

/**
 * Makes rounds until disposed of: each begins all tasks except those that the last one has not ended yet, so that a slow portal
 * holds up itself alone. One process of all leads; when two believe so they do double work and no harm, since what they find has
 * the same ids. All that a round needs to know lies in Redis, so the next leader goes on where one died.
 */
export function startRounds({ redis, namespace, tasks, logger }: RoundsParts, roundMs = ROUND_MS): AsyncDisposable {
  const lead = openLead({ redis, key: `${namespace}:rounds`, forMs: LEAD_MS });
  const stop = new AbortController();
  const leads = async () => !stop.signal.aborted && (await lead.take());
  const running = new Map<string, Promise<void>>();

  const tell = (error: unknown) => logger.error({ err: error }, 'a round failed, the next one tries again');

  async function round(): Promise<void> {
    if (!(await leads())) return;
    for (const [name, task] of await tasks()) {
      if (running.has(name)) continue;
      const ended = task(leads)
        .catch(tell)
        .finally(() => running.delete(name));
      running.set(name, ended);
    }
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      await round().catch(tell);
      await pause(roundMs, undefined, { signal: stop.signal }).catch(() => undefined); // woken to stop
    }
    await Promise.all(running.values());
    if (redis.status === 'ready') await lead.leave();
  }

  const ended = run();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      // With Redis away the round cannot end; the next process begins it anew.
      const patienceMs = redis.status === 'ready' ? LEAVE_MS : 0;
      await Promise.race([ended, pause(patienceMs, undefined, { ref: false })]);
    },
  };
}
