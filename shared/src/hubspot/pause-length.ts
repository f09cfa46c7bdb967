const LEAST_MS = 1_000;
const MOST_MS = 60_000;
const PART = 0.1;

/**
 * How long a portal is left alone, in milliseconds, when nobody has named a time: the longer its trouble lasts the longer, so that
 * nobody waits for more than a tenth of it after its end.
 */
export const pauseMs = (lastsMs: number): number => Math.min(MOST_MS, Math.max(LEAST_MS, lastsMs * PART));
