/** To whom a failure belongs: the message alone, or everything of the HubSpot portal. */
export type Scope = 'message' | 'portal';

export interface FailureDetails {
  readonly scope?: Scope;
  /**
   * Is it known that the other side did not take the message? A refused connection or a 4xx: certain. A timeout after
   * sending: not certain, "may not have been delivered".
   */
  readonly certain?: boolean;
  readonly cause?: unknown;
}

/** A delivery that deserves another attempt. `retryAfterMs`, when the other side named a time, is the earliest one. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
  readonly scope: Scope;
  readonly certain: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, details: FailureDetails & { readonly retryAfterMs?: number | undefined } = {}) {
    super(message, { cause: details.cause });
    this.scope = details.scope ?? 'message';
    this.certain = details.certain ?? false;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** A delivery that no further attempt can save: it becomes a dead letter at once. The message is shown to people. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
}

/**
 * Nothing failed: it is too early. The message comes again after `forMs`, in its place in the lane, and the attempt does not count.
 * Whoever throws it must know that the waiting ends.
 */
export class NotYet extends Error {
  override readonly name = 'NotYet';
  readonly forMs: number;

  constructor(message: string, forMs: number) {
    super(message);
    this.forMs = forMs;
  }
}
