import { NotYet, TerminalError } from '@parley/shared/failures';
import type { Attempt } from '@parley/shared/queues/turn';

/** How long a look that fails is made again, in milliseconds. */
export interface Patience {
  /** Between looks that fail. */
  readonly lookAgainMs: number;
  /** From the first of the looks that fail: a visitor waits, also when HubSpot cannot be asked. */
  readonly patienceMs: number;
}

type Delivery = Pick<Attempt, 'lane' | 'eventId'>;

/**
 * Asks HubSpot for what a delivery needs, `what` in words. A failure throws {@link NotYet}, so that the delivery waits in its place
 * and burns no attempt; undefined when no further look can help, or looks have failed for long enough.
 */
export type LookPatiently = <T>(
  asked: { readonly what: string; readonly delivery: Delivery },
  look: () => Promise<T>,
) => Promise<T | undefined>;

/** For looks that another process went on with: longer than a delivery waits between two looks. */
const FORGOTTEN_AFTER_MS = 15 * 60_000;

/**
 * How long a delivery has waited for other things, such as a bot that was away or an operator's replay, takes nothing from its
 * patience. Each process remembers its own failed looks: another one, or the next, is as patient again, and no more than that.
 */
export function createLookPatiently({ lookAgainMs, patienceMs }: Patience): LookPatiently {
  /** When looks began to fail, the longest ago first. */
  const failing = new Map<string, number>();

  function failingFor(id: string): number {
    const now = Date.now();
    for (const [other, since] of failing) {
      if (now - since < FORGOTTEN_AFTER_MS) break;
      failing.delete(other);
    }
    const since = failing.get(id) ?? now;
    failing.set(id, since);
    return now - since;
  }

  return async ({ what, delivery }, look) => {
    const id = `${delivery.lane}/${delivery.eventId}`;
    try {
      const seen = await look();
      failing.delete(id);
      return seen;
    } catch (failure) {
      if (!(failure instanceof TerminalError) && failingFor(id) < patienceMs) {
        const reason = failure instanceof Error ? failure.message : String(failure);
        throw new NotYet(`${what} could not be looked at: ${reason}`, lookAgainMs);
      }
      failing.delete(id);
      return undefined;
    }
  };
}
