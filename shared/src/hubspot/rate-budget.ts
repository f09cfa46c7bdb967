import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis, Result } from 'ioredis';
import type { PortalId } from '../contracts/ids.ts';
import { RetryableError } from '../failures.ts';

/**
 * The calls that a portal still allows us, counted in Redis by Redis's clock: all workers share them.
 * If a process dies after `take`, its place is lost and nothing else.
 */
export interface RateBudget {
  /**
   * Resolves when the call may be made, after a wait of at most `patienceMs` for a place that is kept for this caller.
   * When the wait would be longer, throws a {@link RetryableError} of the portal that says when to come again; no place is kept.
   */
  take(portalId: PortalId, options: { readonly patienceMs: number }): Promise<void>;
  /** After a 429: nobody calls for so long, and then at the steady pace, without a burst. Never shortens a block. */
  block(portalId: PortalId, forMs: number): Promise<void>;
}

export interface RateBudgetSettings {
  readonly redis: Redis;
  /** First part of every key. */
  readonly namespace: string;
  /** At most so many calls in any ten seconds. HubSpot allows 110 to a marketplace app; the rest is for others' mistakes. */
  readonly perTenSeconds?: number;
}

const WINDOW_MS = 10_000;
const DEFAULT_PER_TEN_SECONDS = 100;
/** The part of the limit that may go at once after a silence. Burst and steady pace together make up the limit. */
const BURST_SHARE = 0.2;

export function createRateBudget({
  redis,
  namespace,
  perTenSeconds = DEFAULT_PER_TEN_SECONDS,
}: RateBudgetSettings): RateBudget {
  defineBudgetScripts(redis);
  const burst = Math.max(1, Math.floor(perTenSeconds * BURST_SHARE));
  const intervalMs = WINDOW_MS / Math.max(1, perTenSeconds - burst);
  const keyOf = (portalId: PortalId) => `{${namespace}}:budget:${portalId}`;

  return {
    async take(portalId, { patienceMs }) {
      const key = keyOf(portalId);
      const waitMs = patient(portalId, await redis.budgetTake(key, intervalMs, burst, patienceMs), patienceMs);
      if (waitMs === 0) return;
      await pause(waitMs);
      // Somebody may have met a 429 meanwhile.
      patient(portalId, await redis.budgetBlocked(key), 0);
    },
    async block(portalId, forMs) {
      await redis.budgetBlock(keyOf(portalId), forMs, intervalMs, burst);
    },
  };
}

function patient(portalId: PortalId, waitMs: number, patienceMs: number): number {
  if (waitMs <= patienceMs) return waitMs;
  const message = `portal ${portalId} has no call left in its rate budget for ${waitMs} ms`;
  throw new RetryableError(message, { scope: 'portal', certain: true, retryAfterMs: waitMs });
}

const lua = (name: string) => readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8');

function defineBudgetScripts(redis: Redis): void {
  redis.defineCommand('budgetTake', { numberOfKeys: 1, lua: lua('take') });
  redis.defineCommand('budgetBlocked', { numberOfKeys: 1, lua: lua('blocked') });
  redis.defineCommand('budgetBlock', { numberOfKeys: 1, lua: lua('block') });
}

declare module 'ioredis' {
  interface RedisCommander<Context> {
    budgetTake(key: string, intervalMs: number, burst: number, patienceMs: number): Result<number, Context>;
    budgetBlocked(key: string): Result<number, Context>;
    budgetBlock(key: string, forMs: number, intervalMs: number, burst: number): Result<number, Context>;
  }
}
