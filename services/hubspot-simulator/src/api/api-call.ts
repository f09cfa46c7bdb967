import type { HubSpot } from '../portal/hubspot.ts';
import type { Grant, Portal } from '../portal/portal.ts';

/** One request to HubSpot, by whomever. */
export interface OpenCall {
  readonly authorization: string | undefined;
  readonly params: Record<string, string>;
  readonly query: URLSearchParams;
  /** What the body holds, as the endpoint reads bodies; undefined without one. */
  readonly body: unknown;
}

/** One request to HubSpot's API that may do what it asks for. */
export interface Call extends Omit<OpenCall, 'authorization'> {
  readonly grant: Grant;
}

export interface Answer {
  readonly status: number;
  /** Sent as JSON; a string or a Buffer as it is; undefined is an empty answer. */
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/**
 * Serves one operation. It runs to its end at once, so that no call sees the half of another, and it changes nothing when it throws
 * a HubSpotError.
 */
export type Handler = (portal: Portal, call: Call) => Answer;

/** Serves an operation that belongs to no account. */
export type OpenHandler = (hubspot: HubSpot, call: OpenCall) => Answer;

export const ok = (body: unknown): Answer => ({ status: 200, body });
