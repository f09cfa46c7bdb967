import type { Outages } from './outages.ts';
import type { RateBudget } from './rate-budget.ts';

/** A budget without limit, for tests of what is said to HubSpot; `parts` overrule. */
export const openBudget = (parts: Partial<RateBudget> = {}): RateBudget => ({
  take: async () => 'granted',
  block: async () => undefined,
  open: async () => undefined,
  learn: async () => undefined,
  stateOf: async () => undefined,
  paused: async () => [],
  ...parts,
});

/** A HubSpot of which nobody says that it is down. */
export const noOutages: Outages = { met: async () => false, ended: async () => undefined };
