import type { Answer } from './exchange.ts';

/** "Retry-After: 0" and a date just gone by would make a loop without a breath. */
const SHORTEST_MS = 1_000;
/** HubSpot promises to be done with whatever it asks to wait for within a day. */
const LONGEST_MS = 24 * 3_600_000;

/** The pause that `Retry-After` names, as seconds or as a date; nothing when it is absent or makes no sense. */
export function retryAfterMs({ headers }: Answer): number | undefined {
  const named = headers['retry-after']?.trim();
  if (!named) return undefined;
  const pauseMs = /^\d+(\.\d+)?$/.test(named) ? Number(named) * 1_000 : Date.parse(named) - Date.now();
  return Number.isNaN(pauseMs) ? undefined : Math.round(Math.min(Math.max(pauseMs, SHORTEST_MS), LONGEST_MS));
}
