import type { Redis } from 'ioredis';
import { ConfigError } from '../config/load-config.ts';
import type { PortalId } from '../contracts/ids.ts';
import { createSeal } from '../secrets/seal.ts';
import { type AccessTokens, staticToken } from './access-token.ts';
import { openInstalls } from './oauth/installs.ts';
import { createRefreshedTokens } from './oauth/refreshed-tokens.ts';
import { createTokenEndpoint } from './oauth/token-endpoint.ts';

export interface AccessSettings {
  readonly HUBSPOT_PORTAL_ID: PortalId;
  readonly HUBSPOT_API_URL: string;
  readonly HUBSPOT_ACCESS_TOKEN?: string | undefined;
  readonly HUBSPOT_CLIENT_ID?: string | undefined;
  readonly HUBSPOT_CLIENT_SECRET: string;
  readonly SEAL_KEYS?: readonly Buffer[] | undefined;
}

/** The token from the settings where there is one, else those of the portal's install. Throws a `ConfigError` when neither can be. */
export function openAccessTokens(
  settings: AccessSettings,
  { redis, namespace }: { redis: Redis; namespace: string },
): AccessTokens {
  const { HUBSPOT_ACCESS_TOKEN: token, HUBSPOT_CLIENT_ID: clientId, SEAL_KEYS: keys } = settings;
  if (token) return staticToken(token);
  if (!clientId || !keys) {
    throw new ConfigError(
      'cannot start without access to HubSpot: set HUBSPOT_ACCESS_TOKEN, or HUBSPOT_CLIENT_ID and SEAL_KEYS and install the app',
    );
  }
  return createRefreshedTokens({
    portal: settings.HUBSPOT_PORTAL_ID,
    installs: openInstalls({ redis, namespace, seal: createSeal(keys) }),
    endpoint: createTokenEndpoint({
      apiUrl: settings.HUBSPOT_API_URL,
      clientId,
      clientSecret: settings.HUBSPOT_CLIENT_SECRET,
    }),
    redis,
    namespace,
  });
}
