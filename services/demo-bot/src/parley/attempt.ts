import { z } from 'zod';
import type { Event } from './event.ts';

/** What one attempt came to. `again` asks for another attempt with the same id, not before `afterMs` if Parley named a time. */
export type Answer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'again'; readonly afterMs: number | undefined; readonly why: string };

/** A request that Parley will never take as it is. Everything else but a 2xx, also a wrong token, can be put right meanwhile. */
const NEVER = new Set([400, 413, 415, 422]);

/** Parley answers within a second; this is for a connection that died silently. */
const TIMEOUT_MS = 10_000;

const Problem = z.object({ title: z.string().optional(), detail: z.string().optional() });

/** Sends one event to Parley once. An answer that got lost is `again`: Parley knows the id and takes the event only once. */
export async function attempt(
  event: Event,
  parley: { readonly url: string; readonly token: string; readonly signal: AbortSignal },
): Promise<Answer> {
  try {
    const response = await fetch(new URL('/v1/events', parley.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${parley.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(event),
      signal: AbortSignal.any([parley.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const body = await response.text();
    if (response.ok) return { kind: 'accepted' };
    if (NEVER.has(response.status)) return { kind: 'refused', reason: reasonIn(body, response.status) };
    return { kind: 'again', afterMs: retryAfterMs(response), why: `Parley answered ${response.status}` };
  } catch (error) {
    // No answer: Parley is away, or the line broke before or after it took the event.
    return { kind: 'again', afterMs: undefined, why: `Parley did not answer: ${String(error)}` };
  }
}

function reasonIn(body: string, status: number): string {
  const problem = Problem.safeParse(jsonOrNothing(body)).data;
  return problem?.detail ?? problem?.title ?? `Parley answered ${status}`;
}

function jsonOrNothing(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The header counts in seconds. */
function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined;
}
