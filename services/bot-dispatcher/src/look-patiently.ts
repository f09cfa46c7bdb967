import { NotYet, TerminalError } from '@parley/shared/failures';

/** How long a look that fails is made again, in milliseconds. */
export interface Patience {
  /** Between looks that fail. */
  readonly lookAgainMs: number;
  /** In all, from when the delivery was accepted: a visitor waits, also when HubSpot cannot be asked. */
  readonly patienceMs: number;
}

/**
 * Asks HubSpot for what a delivery needs. A failure throws {@link NotYet}, so that the delivery waits in its place and burns no
 * attempt; undefined when no further look can help, or the delivery has waited long enough.
 */
export const lookPatiently = <T>(
  { what, acceptedAt, lookAgainMs, patienceMs }: Patience & { readonly what: string; readonly acceptedAt: number },
  look: () => Promise<T>,
): Promise<T | undefined> =>
  look().catch((failure: unknown) => {
    if (failure instanceof TerminalError || Date.now() - acceptedAt > patienceMs) return undefined;
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw new NotYet(`${what} could not be looked at: ${reason}`, lookAgainMs);
  });
