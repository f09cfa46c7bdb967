/** To whom a failure belongs: the message alone, everything of the HubSpot portal, or everything of the bot. */
export type Scope = 'message' | 'portal' | 'bot';

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
  readonly scope: Scope;
  readonly certain: boolean;

  constructor(message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause });
    this.scope = details.scope ?? 'message';
    this.certain = details.certain ?? true;
  }
}
