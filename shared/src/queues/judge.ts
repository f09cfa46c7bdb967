import { NotYet, RetryableError, TerminalError } from '../failures.ts';
import type { Verdict } from './outcome.ts';
import { pauseMs, type RetryLadder } from './retry-ladder.ts';

/** When the portal waits and HubSpot named no time. */
const PORTAL_PAUSE_MS = 10_000;

/**
 * Decides what the failure of the `attempt`th try does to a message, here and nowhere else. What belongs to a whole portal
 * (a rate limit, a revoked token) costs the message nothing. An error of neither kind is a bug of ours: retried like any other,
 * since a message must not die of it at once.
 */
export function judge(failure: unknown, { ladder, attempt }: { ladder: RetryLadder; attempt: number }): Verdict {
  if (failure instanceof TerminalError) return { kind: 'dead' };
  if (failure instanceof NotYet) return { kind: 'snoozed', forMs: failure.forMs };
  const retryAfterMs = failure instanceof RetryableError ? failure.retryAfterMs : undefined;
  if (failure instanceof RetryableError && failure.scope === 'portal') {
    return { kind: 'snoozed', forMs: retryAfterMs ?? PORTAL_PAUSE_MS };
  }
  if (attempt > ladder.length) return { kind: 'dead' };
  return { kind: 'retried', inMs: pauseMs(ladder, attempt, retryAfterMs) };
}
