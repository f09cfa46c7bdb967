import type { Grant, Portal } from '../portal/portal.ts';

/** One request to HubSpot's API that may do what it asks for. */
export interface Call {
  readonly grant: Grant;
  readonly params: Record<string, string>;
  readonly query: URLSearchParams;
  /** The JSON of the body, undefined without one. */
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Serves one operation. It runs to its end at once, so that no call sees the half of another, and it changes nothing when it throws
 * a HubSpotError.
 */
export type Handler = (portal: Portal, call: Call) => Answer;

export const ok = (body: unknown): Answer => ({ status: 200, body });
