import type { Redis } from 'ioredis';
import type { PortalId } from '../contracts/ids.ts';
import type { HubSpotAccess } from './api.ts';
import { type AccessSettings, openAccessTokens } from './open-access-tokens.ts';
import { openOutages } from './outages.ts';
import { createRateBudget, type RateBudgetSettings } from './rate-budget.ts';

export type PortalAccess = Omit<HubSpotAccess, 'timeoutMs'>;

/** What opens the API of each portal: its tokens and its calls, which all processes share. */
export function openPortals(
  settings: AccessSettings,
  { redis, namespace, told }: { redis: Redis; namespace: string; told: NonNullable<RateBudgetSettings['told']> },
): (portal: PortalId) => PortalAccess {
  const tokensOf = openAccessTokens(settings, { redis, namespace });
  const budget = createRateBudget({ redis, namespace, told });
  const outages = openOutages({ redis, namespace });
  return (portalId) => ({ apiUrl: settings.HUBSPOT_API_URL, tokens: tokensOf(portalId), portalId, budget, outages });
}
