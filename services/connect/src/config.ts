import { type ConfigOf, secret } from '@parley/shared/config/load-config';
import { account, common, httpUrl, oauthApp, operationsPort, port } from '@parley/shared/config/settings';

export const shape = {
  ...common,
  HUBSPOT_PORTAL_ID: account.HUBSPOT_PORTAL_ID,
  ...oauthApp,
  HUBSPOT_CLIENT_SECRET: secret('Client secret of the HubSpot app that owns the channel: the key of its signatures.'),
  CONNECT_PORT: port(3004, 'Port of the pages on which an administrator of HubSpot installs the app.'),
  CONNECT_URL: httpUrl().describe(
    'Address of those pages as a browser has it; `<CONNECT_URL>/oauth/callback` is the redirect URL of the app.',
  ),
  HUBSPOT_AUTHORIZE_URL: httpUrl()
    .default('https://app.hubspot.com/oauth/authorize')
    .describe('Where HubSpot asks for consent.'),
  OPS_PORT: operationsPort(9466),
};

export type ConnectConfig = ConfigOf<typeof shape>;
