import type { ConfigOf } from '@parley/shared/config/load-config';
import { common, httpUrl, hubspotApi, operationsPort, port } from '@parley/shared/config/settings';
import { PortalId } from '@parley/shared/contracts/ids';
import { z } from 'zod';

const Portals = z
  .string()
  .transform((text) => text.split(',').map((id) => id.trim()))
  .pipe(z.array(PortalId).min(1));

export const connectUrl = httpUrl().describe(
  'Address of those pages as a browser has it; `<CONNECT_URL>/oauth/callback` is the redirect URL of the app. With it, `channel apply` tells HubSpot of `<CONNECT_URL>/connect`.',
);

export const shape = {
  ...common,
  INSTALL_PORTALS: Portals.describe(
    'Hub IDs of the HubSpot accounts that may install the app, separated by commas: nobody else can.',
  ),
  HUBSPOT_CHANNEL_ID: hubspotApi.HUBSPOT_CHANNEL_ID,
  HUBSPOT_API_URL: hubspotApi.HUBSPOT_API_URL,
  HUBSPOT_API_VERSION: hubspotApi.HUBSPOT_API_VERSION,
  HUBSPOT_CLIENT_SECRET: hubspotApi.HUBSPOT_CLIENT_SECRET,
  SEAL_KEYS: hubspotApi.SEAL_KEYS,
  // Here it is not optional: without it there is nothing to install.
  HUBSPOT_CLIENT_ID: z.string().min(1).describe('Client id of the HubSpot app, for OAuth.'),
  CONNECT_PORT: port(
    3004,
    'Port of the pages on which an administrator of HubSpot installs the app and connects an inbox.',
  ),
  CONNECT_URL: connectUrl,
  HUBSPOT_AUTHORIZE_URL: httpUrl()
    .default('https://app.hubspot.com/oauth/authorize')
    .describe('Where HubSpot asks for consent.'),
  OPS_PORT: operationsPort(9466),
};

export type ConnectConfig = ConfigOf<typeof shape>;
