import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { type ReconcileParts, reconcile } from './reconcile.ts';

/** Pause between two rounds: the window of HubSpot's rate limit. */
const ROUND_MS = 10_000;

/** A leader that died is followed after so long; it renews its lead before each look, which takes less. */
const LEAD_MS = 60_000;

/**
 * Reconciles in rounds until disposed of. One process of all leads; when two believe so they do double work and no harm, since
 * what they find has the same ids. All that a round needs to know lies in Redis, so the next leader goes on where one died.
 */
export function startReconciling(
  parts: ReconcileParts & { readonly redis: Redis; readonly namespace: string },
  roundMs = ROUND_MS,
): AsyncDisposable {
  const { redis, namespace, account, telemetry } = parts;
  const key = `${namespace}:reconciler:${account}`;
  const me = randomBytes(8).toString('hex');
  const stop = new AbortController();

  async function leads(): Promise<boolean> {
    if (stop.signal.aborted) return false;
    if (await redis.set(key, me, 'PX', LEAD_MS, 'NX')) return true;
    return (await redis.get(key)) === me && (await redis.pexpire(key, LEAD_MS)) === 1;
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        if (await leads()) await reconcile(parts, leads);
      } catch (error) {
        telemetry.logger.error({ err: error }, 'a round of reconciling failed, the next one tries again');
      }
      await pause(roundMs, undefined, { signal: stop.signal }).catch(() => undefined); // woken to stop
    }
    if (redis.status === 'ready' && (await redis.get(key)) === me) await redis.del(key);
  }

  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}
