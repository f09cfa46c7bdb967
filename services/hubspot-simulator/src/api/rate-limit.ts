import { randomUUID } from 'node:crypto';
import type { Settings } from '../portal/settings.ts';
import { HubSpotError } from './errors.ts';

const POLICIES = {
  TEN_SECONDLY_ROLLING: 'You have reached your ten_secondly_rolling limit.',
  DAILY: 'You have reached your daily limit.',
  SECONDLY: 'You have reached your secondly limit.',
} as const;
export type PolicyName = keyof typeof POLICIES;

/** HubSpot's refusal of one request too many. It carries an `errorType` where other errors have a `category`. */
export function rateLimited(policyName: PolicyName, retryAfterSeconds?: number): HubSpotError {
  const error = new HubSpotError(
    429,
    { message: POLICIES[policyName], errorType: 'RATE_LIMIT', policyName },
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  );
  error.body.requestId = randomUUID();
  return error;
}

export interface RateLimit {
  /** Counts one request and gives the headers to answer it with, or throws the 429. */
  readonly take: (portalId: string, kind: 'search' | 'other') => Record<string, string>;
  /** Midnight in an account: its daily count begins anew. */
  readonly startDay: (portalId: string) => void;
}

interface Counts {
  /** Times of the requests in the window. */
  taken: number[];
  searches: number[];
  today: number;
}

/**
 * Each account has limits of its own: per ten seconds; per day, where a plan has one; and for searches per second, which do not count
 * towards the ten seconds and whose answers carry no headers.
 */
export function createRateLimit(settings: Pick<Settings, 'rateLimit'>): RateLimit {
  const accounts = new Map<string, Counts>();
  const of = (portalId: string): Counts => {
    const counts = accounts.get(portalId) ?? { taken: [], searches: [], today: 0 };
    accounts.set(portalId, counts);
    return counts;
  };
  return {
    take: (portalId, kind) => {
      const counts = of(portalId);
      slide(settings.rateLimit, counts);
      const policy = exceeded(settings.rateLimit, counts, kind);
      if (policy === undefined || settings.rateLimit.refused === 'counted') count(counts, kind);
      const headers = kind === 'search' ? {} : headersOf(settings.rateLimit, counts);
      if (policy === undefined) return headers;
      const refusal = rateLimited(policy, settings.rateLimit.retryAfterSeconds);
      Object.assign(refusal.headers, headers);
      throw refusal;
    },
    startDay: (portalId) => {
      of(portalId).today = 0;
    },
  };
}

type Limits = Settings['rateLimit'];

function slide({ windowMs, searchWindowMs }: Limits, counts: Counts): void {
  const now = Date.now();
  counts.taken = counts.taken.filter((at) => at > now - windowMs);
  counts.searches = counts.searches.filter((at) => at > now - searchWindowMs);
}

function exceeded(limits: Limits, counts: Counts, kind: 'search' | 'other'): PolicyName | undefined {
  if (limits.daily !== null && counts.today >= limits.daily) return 'DAILY';
  if (kind === 'search') return counts.searches.length >= limits.searchMax ? 'SECONDLY' : undefined;
  return counts.taken.length >= limits.max ? 'TEN_SECONDLY_ROLLING' : undefined;
}

function count(counts: Counts, kind: 'search' | 'other'): void {
  counts.today += 1;
  (kind === 'search' ? counts.searches : counts.taken).push(Date.now());
}

const headersOf = ({ max, windowMs, daily }: Limits, { taken, today }: Counts): Record<string, string> => ({
  'x-hubspot-ratelimit-max': String(max),
  'x-hubspot-ratelimit-remaining': String(Math.max(0, max - taken.length)),
  'x-hubspot-ratelimit-interval-milliseconds': String(windowMs),
  ...(daily !== null && {
    'x-hubspot-ratelimit-daily': String(daily),
    'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, daily - today)),
  }),
});
