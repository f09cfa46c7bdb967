import { type ConfigOf, secret } from '@parley/shared/config/load-config';
import { common, hubspotApi, hubspotWebhooks, operationsPort } from '@parley/shared/config/settings';
import { SealKeys } from '@parley/shared/secrets/seal';

export const shape = {
  ...common,
  ...hubspotApi,
  ...hubspotWebhooks,
  // Not optional here, whatever the way to HubSpot: without them no event to a bot can be signed.
  SEAL_KEYS: secret(
    "Seals the bots' signing secrets and the tokens of installs in Redis: one key of 32 random bytes in base64 (`openssl rand -base64 32`), or several, newest first.",
    SealKeys,
  ),
  OPS_PORT: operationsPort(9465),
};

export type DispatcherConfig = ConfigOf<typeof shape>;
