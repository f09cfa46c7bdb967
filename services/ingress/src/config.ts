import { secret } from '@parley/shared/config/load-config';
import { ChannelAccountId, ChannelId, PortalId } from '@parley/shared/contracts/ids';
import { z } from 'zod';

const port = (fallback: number) => z.coerce.number('must be a port number').int().min(0).max(65_535).default(fallback);

const TOKEN_IN_PATH = /^[A-Za-z0-9_-]{32,}$/;

/** `v3,v2` as a list without repetitions. */
const Signatures = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((version) => version.trim()))])
  .pipe(z.array(z.enum(['v3', 'v2', 'v1'], 'must be a comma-separated list of v3, v2 and v1')))
  .refine(
    (versions) => versions.some((version) => version !== 'v1'),
    'must name v3 or v2: v1 serves no channel webhook',
  );

/** The settings of the ingress, by the names of their environment variables. */
export const ingressShape = {
  REDIS_URL: secret(
    'where Redis is, like redis://:password@localhost:6379/0',
    z.string().regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://'),
  ),
  REDIS_NAMESPACE: z
    .string()
    .regex(/^[\w.-]+$/, 'must be letters, digits, _, . and -')
    .default('parley')
    .describe('first part of every key in Redis'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
    .default('info')
    .describe('least severe log line that is written'),
  INGRESS_PORT: port(3000).describe('port for the bot and for HubSpot; 0 takes a free one'),
  OPS_PORT: port(9463).describe('port of /healthz, /readyz and /metrics, not for the world'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
    .refine((url) => !/[?#]/.test(url), 'must hold no query and no fragment')
    .transform((url) => url.replace(/\/+$/, ''))
    .describe('address of the ingress as HubSpot was given it, without /v1/...: signatures cover it'),
  BOT_TOKEN: secret('the token that the bot sends as `Authorization: Bearer`'),
  HUBSPOT_CLIENT_SECRET: secret(
    'client secret of the HubSpot app that owns the channel: the key of webhook signatures',
  ),
  HUBSPOT_WEBHOOK_TOKEN: secret(
    'last part of the webhook addresses that HubSpot is given',
    z.string().regex(TOKEN_IN_PATH, 'must be at least 32 of A-Z a-z 0-9 _ -, for example from `openssl rand -hex 32`'),
  ),
  HUBSPOT_SIGNATURES: Signatures.prefault('v3').describe(
    'signature versions accepted, a list of v3, v2, v1. v1 and v2 carry no time, so a recorded webhook can be repeated; v1 is accepted on /v1/hubspot/events alone',
  ),
  HUBSPOT_PORTAL_ID: PortalId.describe('id of the HubSpot account ("Hub ID")'),
  HUBSPOT_CHANNEL_ID: ChannelId.describe('id of the custom channel'),
  HUBSPOT_CHANNEL_ACCOUNT_ID: ChannelAccountId.describe('id of the connection of the channel to an inbox or help desk'),
};

export type IngressConfig = z.infer<z.ZodObject<typeof ingressShape>>;
