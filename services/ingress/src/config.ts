import { type ConfigOf, secret } from '@parley/shared/config/load-config';
import { account, common, httpUrl, operationsPort, port } from '@parley/shared/config/settings';
import { z } from 'zod';

/** What stays as it is in an address, so that the token reads the same everywhere. */
const TOKEN_IN_PATH = /^[A-Za-z0-9_-]{32,}$/;

/** `v3,v2` as a list without repetitions. */
const Signatures = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((version) => version.trim()))])
  .pipe(z.array(z.enum(['v3', 'v2', 'v1'], 'must be a list of v3, v2 and v1, separated by commas')))
  .refine(
    (versions) => versions.some((version) => version !== 'v1'),
    'must name v3 or v2, since v1 does not serve the channel',
  );

export const shape = {
  ...common,
  ...account,
  INGRESS_PORT: port(3000, 'Port for the bot and for HubSpot.'),
  OPS_PORT: operationsPort(9463),
  PUBLIC_URL: httpUrl()
    .refine((url) => !/[?#]/.test(url), 'must hold no query and no fragment')
    .transform((url) => url.replace(/\/+$/, ''))
    .describe('Address of the ingress as HubSpot was given it, without `/v1/…`: signatures cover it.'),
  BOT_TOKEN: secret('The token that the bot sends as `Authorization: Bearer`.'),
  HUBSPOT_CLIENT_SECRET: secret('Client secret of the HubSpot app that owns the channel: the key of its signatures.'),
  HUBSPOT_WEBHOOK_TOKEN: secret(
    'Last part of the webhook addresses that HubSpot is given, a second lock.',
    z.string().regex(TOKEN_IN_PATH, 'must be 32 or more of A-Z a-z 0-9 _ -, for example from `openssl rand -hex 32`'),
  ),
  HUBSPOT_SIGNATURES: Signatures.prefault('v3').describe(
    'Signature versions taken, like `v3,v1`. v2 and v1 carry no time, so a recorded webhook could be repeated; v1 is taken for subscriptions alone.',
  ),
};

export type IngressConfig = ConfigOf<typeof shape>;
