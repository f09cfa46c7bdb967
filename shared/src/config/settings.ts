import { z } from 'zod';
import { ChannelId, PortalId } from '../contracts/ids.ts';
import { API_VERSIONS } from '../hubspot/api-version.ts';
import { RedisUrl } from '../redis/redis-url.ts';
import { SealKeys } from '../secrets/seal.ts';
import { neededWith, secret } from './load-config.ts';

/** A TCP port; 0 lets the system choose. */
export const port = (byDefault: number, description: string) =>
  z.coerce.number().int().min(0).max(65_535).default(byDefault).describe(description);

/** Describe it last: a description does not outlive `.default()` or `.refine()`. */
export const httpUrl = () => z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' });

/** What every service has. */
export const common = {
  /** A secret, since it may hold a password. */
  REDIS_URL: secret(
    'The Redis that keeps everything accepted: `redis://:password@host:6379/0`, or by way of its sentinels `redis-sentinel://:password@host:26379,host:26379/0#masterName`. Run it with `appendonly yes` and `maxmemory-policy noeviction`.',
    RedisUrl,
  ),
  REDIS_NAMESPACE: z
    .string()
    .regex(/^[\w-]+$/, 'must be letters, digits, - and _')
    .default('parley')
    .describe('First part of every key, so that two Parleys can share a Redis.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least level that is logged.'),
};

const clientSecret = () =>
  secret(
    "Client secret of the HubSpot app that owns the channel: the key of its signatures, and of our links to agents' files.",
    z.string().min(32, 'must be the client secret that HubSpot shows at the app, which has 32 characters or more'),
  );

/** What a service needs that calls HubSpot's API. */
export const hubspotApi = {
  HUBSPOT_CHANNEL_ID: ChannelId.describe('Id of the custom channel.'),
  HUBSPOT_ACCESS_TOKEN: neededWith(
    secret(
      'Access token of the HubSpot app that owns the channel; leave it out where the account installs the app by OAuth.',
      z.string().min(1).optional(),
    ),
    ({ HUBSPOT_ACCESS_TOKEN, HUBSPOT_CLIENT_ID }) =>
      HUBSPOT_ACCESS_TOKEN || HUBSPOT_CLIENT_ID
        ? undefined
        : 'HUBSPOT_ACCESS_TOKEN is missing, or HUBSPOT_CLIENT_ID for accounts that install the app: without either there is no way into HubSpot.',
  ),
  HUBSPOT_PORTAL_ID: neededWith(
    PortalId.optional().describe('Hub ID of the HubSpot account that `HUBSPOT_ACCESS_TOKEN` opens; needed with it.'),
    ({ HUBSPOT_ACCESS_TOKEN, HUBSPOT_PORTAL_ID }) =>
      HUBSPOT_ACCESS_TOKEN && !HUBSPOT_PORTAL_ID
        ? 'HUBSPOT_PORTAL_ID is missing: Hub ID of the HubSpot account that HUBSPOT_ACCESS_TOKEN opens.'
        : undefined,
  ),
  HUBSPOT_CLIENT_ID: z.string().min(1).optional().describe('Client id of the HubSpot app, for OAuth.'),
  HUBSPOT_CLIENT_SECRET: clientSecret(),
  SEAL_KEYS: secret(
    "Seals the tokens of installs and the bots' signing secrets in Redis: one key of 32 random bytes in base64 (`openssl rand -base64 32`), or several, newest first.",
    SealKeys,
  ),
  HUBSPOT_API_URL: httpUrl().default('https://api.hubapi.com').describe("Where HubSpot's API is."),
  HUBSPOT_API_VERSION: z.enum(API_VERSIONS).default('2026-03').describe('Version of the Custom Channels API.'),
};

/** What HubSpot's webhooks and our links to its files are made and held against. */
export const hubspotWebhooks = {
  PUBLIC_URL: httpUrl()
    .refine((url) => !/[?#]/.test(url), 'must hold no query and no fragment')
    .transform((url) => url.replace(/\/+$/, ''))
    .describe(
      "Address of the ingress as HubSpot was given it, without `/v1/…`: signatures cover it, and links to agents' files begin with it.",
    ),
  HUBSPOT_CLIENT_SECRET: clientSecret(),
};

export const operationsPort = (byDefault: number) =>
  port(byDefault, 'Port of `/healthz`, `/readyz` and `/metrics`; not for the world.');
