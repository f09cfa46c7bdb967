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
  /** Counts one request and gives the headers to answer it with, or throws the 429. A refused request is not counted. */
  readonly take: () => Record<string, string>;
}

export function createRateLimit(settings: Pick<Settings, 'rateLimit'>): RateLimit {
  let taken: number[] = [];
  return {
    take: () => {
      const { max, windowMs, retryAfterSeconds } = settings.rateLimit;
      const now = Date.now();
      taken = taken.filter((at) => at > now - windowMs);
      const headers = (remaining: number) => ({
        'x-hubspot-ratelimit-max': String(max),
        'x-hubspot-ratelimit-remaining': String(remaining),
        'x-hubspot-ratelimit-interval-milliseconds': String(windowMs),
      });
      if (taken.length >= max) {
        const refusal = rateLimited('TEN_SECONDLY_ROLLING', retryAfterSeconds);
        Object.assign(refusal.headers, headers(0));
        throw refusal;
      }
      taken.push(now);
      return headers(max - taken.length);
    },
  };
}
