import { z } from 'zod';
import type { Answer } from './exchange.ts';

/** What an answer says of the portal's limit. */
export interface RateHeaders {
  /** Calls in one window, by everybody who shares the limit with us. */
  readonly limit: number;
  /** Calls that are left in the window that ends with this answer. */
  readonly remaining: number;
  readonly windowMs: number;
}

/** Beyond these bounds a header is somebody's mistake, and believing it would stop the portal or flood it. */
const Headers = z.object({
  'x-hubspot-ratelimit-max': z.coerce.number().int().min(10).max(100_000),
  'x-hubspot-ratelimit-remaining': z.coerce.number().int().min(0),
  'x-hubspot-ratelimit-interval-milliseconds': z.coerce.number().int().min(1_000).max(60_000),
});

/** Nothing when HubSpot says nothing, as in answers to searches. */
export function rateHeadersOf({ headers }: Pick<Answer, 'headers'>): RateHeaders | undefined {
  const read = Headers.safeParse(headers).data;
  if (!read) return undefined;
  return {
    limit: read['x-hubspot-ratelimit-max'],
    remaining: read['x-hubspot-ratelimit-remaining'],
    windowMs: read['x-hubspot-ratelimit-interval-milliseconds'],
  };
}
