import type { ApiVersion } from '@parley/shared/hubspot/api-version';
import { type Check, ok, warned } from './check.ts';

/**
 * Everything else Parley speaks in the version that it has: tokens in 2026-03, threads, contacts and files in v3, and nothing in
 * v1. The date: https://developers.hubspot.com/docs/api-reference/legacy/migration-guide
 */
export const apiVersionCheck = (version: ApiVersion): Check => ({
  name: 'HUBSPOT_API_VERSION has a future',
  run: () =>
    Promise.resolve(
      version === 'v3'
        ? warned(
            'HubSpot supports v3 until September 2027',
            'Leave HUBSPOT_API_VERSION empty, and start the services again.',
          )
        : ok(version),
    ),
});
