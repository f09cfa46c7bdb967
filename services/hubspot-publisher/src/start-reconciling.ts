import { setTimeout as pause } from 'node:timers/promises';
import { openLead } from '@parley/shared/redis/lead';
import type { Redis } from 'ioredis';
import { type ReconcileParts, reconcile } from './reconcile.ts';

/** Pause between two rounds: the window of HubSpot's rate limit. */
const ROUND_MS = 10_000;

/** A leader that died is followed after so long; it renews its lead before each look, which takes less. */
const LEAD_MS = 60_000;

/** Longer than the look in hand, and shorter than what a platform waits before it kills. */
const LEAVE_MS = 20_000;

/**
 * Reconciles in rounds until disposed of. One process of all leads; when two believe so they do double work and no harm, since
 * what they find has the same ids. All that a round needs to know lies in Redis, so the next leader goes on where one died.
 */
export function startReconciling(
  parts: ReconcileParts & { readonly redis: Redis; readonly namespace: string },
  roundMs = ROUND_MS,
): AsyncDisposable {
  const { redis, namespace, account, telemetry } = parts;
  const lead = openLead({ redis, key: `${namespace}:reconciler:${account}`, forMs: LEAD_MS });
  const stop = new AbortController();
  const leads = async () => !stop.signal.aborted && (await lead.take());

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        if (await leads()) await reconcile(parts, leads);
      } catch (error) {
        telemetry.logger.error({ err: error }, 'a round of reconciling failed, the next one tries again');
      }
      await pause(roundMs, undefined, { signal: stop.signal }).catch(() => undefined); // woken to stop
    }
    if (redis.status === 'ready') await lead.leave();
  }

  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      // With Redis away the round cannot end; the next process begins it anew.
      const patienceMs = redis.status === 'ready' ? LEAVE_MS : 0;
      await Promise.race([running, pause(patienceMs, undefined, { ref: false })]);
    },
  };
}
