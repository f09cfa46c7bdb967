import { type ConfigOf, secret } from '@parley/shared/config/load-config';
import { common, hubspotApi, hubspotWebhooks, operationsPort, port } from '@parley/shared/config/settings';
import { z } from 'zod';

/** What stays as it is in an address, so that the token reads the same everywhere. */
const TOKEN_IN_PATH = /^[A-Za-z0-9_-]{32,}$/;

/** `v3,v2` as a list without repetitions. */
const Signatures = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((version) => version.trim()))])
  .pipe(z.array(z.enum(['v3', 'v2', 'v1', 'none'], 'must be a list of v3, v2, v1 and none, separated by commas')))
  .refine(
    (versions) => versions.includes('v3') || versions.includes('v2'),
    'must name v3 or v2, since v1 does not serve the channel and what is signed is verified',
  );

export const shape = {
  ...common,
  ...hubspotApi,
  ...hubspotWebhooks,
  INGRESS_PORT: port(3000, 'Port for the bot and for HubSpot.'),
  OPS_PORT: operationsPort(9463),
  HUBSPOT_WEBHOOK_TOKEN: secret(
    'Last part of the webhook addresses that HubSpot is given, a second lock.',
    z.string().regex(TOKEN_IN_PATH, 'must be 32 or more of A-Z a-z 0-9 _ -, for example from `openssl rand -hex 32`'),
  ),
  HUBSPOT_SIGNATURES: Signatures.prefault('v3,v1').describe(
    'Signature versions taken. v3 counts wherever it is sent. v1, which HubSpot promises for subscriptions, is taken there alone; v1 and v2 carry no time, so a recorded webhook could be repeated. With `none`, a webhook of the channel without any signature is taken on the token in its address alone.',
  ),
};

export type IngressConfig = ConfigOf<typeof shape>;
