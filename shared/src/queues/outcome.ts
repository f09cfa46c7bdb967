/** How a delivery that did not fail ended. */
export type Outcome =
  | { readonly kind: 'delivered' }
  /** The other side had it already. */
  | { readonly kind: 'duplicate' }
  /** Nothing had to be done, and why. */
  | { readonly kind: 'ignored'; readonly reason: string };

export const delivered: Outcome = { kind: 'delivered' };
export const duplicate: Outcome = { kind: 'duplicate' };
export const ignored = (reason: string): Outcome => ({ kind: 'ignored', reason });

/** What a failed attempt means for the message. */
export type Verdict =
  /** Later, and the attempt does not count: the failure is not the message's. */
  | { readonly kind: 'snoozed'; readonly forMs: number }
  | { readonly kind: 'retried'; readonly inMs: number }
  | { readonly kind: 'dead' };
