import type { Redis } from 'ioredis';
import type { PortalId } from '../contracts/ids.ts';
import { RetryableError } from '../failures.ts';
import { createSeal } from '../secrets/seal.ts';
import { type AccessTokens, staticToken } from './access-token.ts';
import { openInstalls } from './oauth/installs.ts';
import { createRefreshedTokens } from './oauth/refreshed-tokens.ts';
import { createTokenEndpoint } from './oauth/token-endpoint.ts';

export interface AccessSettings {
  readonly HUBSPOT_PORTAL_ID?: PortalId | undefined;
  readonly HUBSPOT_API_URL: string;
  readonly HUBSPOT_ACCESS_TOKEN?: string | undefined;
  readonly HUBSPOT_CLIENT_ID?: string | undefined;
  readonly HUBSPOT_CLIENT_SECRET: string;
  readonly SEAL_KEYS: readonly Buffer[];
}

export type TokensOf = (portal: PortalId) => AccessTokens;

/** The tokens of each portal: that of the settings for the portal that it opens, those of the portal's install for every other. */
export function openAccessTokens(
  settings: AccessSettings,
  { redis, namespace }: { redis: Redis; namespace: string },
): TokensOf {
  const { HUBSPOT_ACCESS_TOKEN: token, HUBSPOT_PORTAL_ID: itsPortal } = settings;
  const installed = installedTokens(settings, { redis, namespace });
  const kept = new Map<PortalId, AccessTokens>();
  return (portal) => {
    const tokens = kept.get(portal) ?? (token && portal === itsPortal ? staticToken(token) : installed?.(portal));
    if (!tokens) return noTokens(portal);
    kept.set(portal, tokens);
    return tokens;
  };
}

/** Undefined where the settings do not allow for installs. */
function installedTokens(
  { HUBSPOT_CLIENT_ID: clientId, SEAL_KEYS: keys, ...settings }: AccessSettings,
  { redis, namespace }: { redis: Redis; namespace: string },
): TokensOf | undefined {
  if (!clientId) return undefined;
  const installs = openInstalls({ redis, namespace, seal: createSeal(keys) });
  const endpoint = createTokenEndpoint({
    apiUrl: settings.HUBSPOT_API_URL,
    clientId,
    clientSecret: settings.HUBSPOT_CLIENT_SECRET,
  });
  return (portal) => createRefreshedTokens({ portal, installs, endpoint, redis, namespace });
}

/** The portal waits, and goes on when the services run with what they need. */
function noTokens(portal: PortalId): AccessTokens {
  const fail = () =>
    Promise.reject(
      new RetryableError(
        `portal ${portal} is not the one of HUBSPOT_ACCESS_TOKEN: set HUBSPOT_CLIENT_ID and install the app there`,
        { scope: 'portal', certain: true },
      ),
    );
  return { current: fail, instead: fail };
}
