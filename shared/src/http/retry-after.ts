/** "Retry-After: 0" and a date just gone by would make a loop without a breath. */
const SHORTEST_MS = 1_000;

/**
 * The pause that a `Retry-After` header names, as seconds or as a date, between a second and `longestMs`; undefined when it is
 * absent or makes no sense.
 */
export function retryAfterMs(header: string | null | undefined, longestMs: number): number | undefined {
  const named = header?.trim();
  if (!named) return undefined;
  const pauseMs = /^\d+(\.\d+)?$/.test(named) ? Number(named) * 1_000 : Date.parse(named) - Date.now();
  return Number.isNaN(pauseMs) ? undefined : Math.round(Math.min(Math.max(pauseMs, SHORTEST_MS), longestMs));
}
