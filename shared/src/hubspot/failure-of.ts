import { RetryableError, TerminalError } from '../failures.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import { type Answer, LostAnswer, Refusal } from './exchange.ts';
import { explain, refusalBodyOf } from './refusal-body.ts';

/** What the call was about: how its failure is told. */
export interface About {
  /** What was tried and on which ids, to go behind "HubSpot answered …": "publish event e-1 of handoff h-1". */
  readonly what: string;
  /** What of the request HubSpot must not be quoted with: the visitor's words, name and addresses. */
  readonly privateWords?: readonly string[];
}

/** The window of every limit but SECONDLY and DAILY. HubSpot documents `Retry-After` for 477 only. */
const WINDOW_MS = 10_000;
/** The day ends at midnight of the account's time zone, which no answer names. Every zone's midnight is at a quarter of an hour. */
const QUARTER_MS = 15 * 60_000;
/** For clocks that differ. */
const AFTER_MIDNIGHT_MS = 5_000;
/** HubSpot asks for at least two seconds after a 423. */
const LOCKED_PAUSE_MS = 2_000;

/**
 * Says of what a call threw to whom it belongs and whether it is worth another attempt.
 *
 * | HubSpot | failure |
 * |---|---|
 * | no connection | retryable, certain |
 * | timeout, reset, unreadable 2xx, 408, 5xx | retryable, not certain |
 * | 429, 423, 477 | the portal's, after the time HubSpot names; of the day, at the next quarter of an hour |
 * | 401, 403, redirects, 525, 526, a channel that does not exist | the portal's: a person must do something |
 * | every other 4xx | terminal |
 *
 * Retryable ones are the message's own as long as HubSpot serves others: see `outages.ts`. What is neither a refusal nor a lost
 * answer comes back as it was.
 */
export function failureOf(thrown: unknown, about: About): unknown {
  if (thrown instanceof LostAnswer) {
    const { certain, cause } = thrown;
    return new RetryableError(`${thrown.message} (${about.what})`, { certain, cause });
  }
  if (thrown instanceof Refusal) return failureOfRefusal(thrown.answer, about);
  return thrown;
}

function failureOfRefusal(answer: Answer, about: About): RetryableError | TerminalError {
  const { status } = answer;
  const message = `${explain(answer, about.privateWords ?? [])} (${about.what})`;
  const portal = (pauseMs: number | undefined) =>
    new RetryableError(message, { scope: 'portal', certain: true, retryAfterMs: pauseMs });

  if (status === 429) return portal(rateLimitPauseMs(answer));
  if (status === 423) return portal(Math.max(LOCKED_PAUSE_MS, namedPauseMs(answer) ?? 0));
  if (status === 477 || isConfiguration(answer)) return portal(namedPauseMs(answer));
  if (status === 408 || status >= 500) return new RetryableError(message, { retryAfterMs: namedPauseMs(answer) });
  return new TerminalError(message);
}

function rateLimitPauseMs(answer: Answer): number {
  const policy = refusalBodyOf(answer)?.policyName;
  const named = namedPauseMs(answer);
  if (policy === 'DAILY') return Math.max(dailyPauseMs(), named ?? 0);
  return named ?? (policy === 'SECONDLY' ? 1_000 : WINDOW_MS);
}

/** Until the next moment at which the account's day may begin, so that the portal is asked four times an hour. */
const dailyPauseMs = () => QUARTER_MS - (Date.now() % QUARTER_MS) + AFTER_MIDNIGHT_MS;

/** HubSpot promises to be done with whatever it asks to wait for within a day. */
const LONGEST_PAUSE_MS = 24 * 3_600_000;

const namedPauseMs = ({ headers }: Answer) => retryAfterMs(headers['retry-after'], LONGEST_PAUSE_MS);

/** 525 and 526: HubSpot's front does not trust its own back. */
const CONFIGURATION = [401, 403, 525, 526];

const isConfiguration = (answer: Answer) =>
  CONFIGURATION.includes(answer.status) || (answer.status >= 300 && answer.status < 400) || isUnknownChannel(answer);

/** Not the thing that was asked for is missing, but the channel: the token is another app's. */
export const isUnknownChannel = (answer: Answer): boolean =>
  refusalBodyOf(answer)?.subCategory?.endsWith('CHANNEL_DOES_NOT_EXIST') === true;
