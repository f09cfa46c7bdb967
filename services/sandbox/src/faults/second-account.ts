import { createBotSecrets, sealSecrets } from '@parley/shared/accounts/account';
import { ChannelAccountId, PortalId } from '@parley/shared/contracts/ids';
import { openInstalls } from '@parley/shared/hubspot/oauth/installs';
import type { Redis } from 'ioredis';
import type { Sandbox } from '../sandbox.ts';

const PORTAL = PortalId.parse('7700770');
const ACCOUNT = ChannelAccountId.parse('770077');
const ACCESS_TOKEN = 'access-token-of-the-second-portal';
const AN_HOUR_MS = 3_600_000;

export interface SecondAccount {
  readonly portalId: string;
  readonly channelAccountId: string;
  readonly accessToken: string;
  readonly botToken: string;
}

/** A second HubSpot account that has installed the app, and whose channel account is the same bot's under another token. */
export async function openSecondAccount(
  { simulator, environment, accounts, seal }: Sandbox,
  { redis, callbackUrl }: { redis: Redis; callbackUrl: string },
): Promise<SecondAccount> {
  simulator.addPortal({
    portalId: PORTAL,
    channelAccountId: ACCOUNT,
    accessToken: ACCESS_TOKEN,
    deliveryIdentifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'second' },
  });
  const issuedAt = Date.now();
  await openInstalls({ redis, namespace: environment.REDIS_NAMESPACE ?? '', seal }).keep({
    portal: PORTAL,
    accessToken: ACCESS_TOKEN,
    refreshToken: 'never asked for',
    issuedAt,
    expiresAt: issuedAt + AN_HOUR_MS,
    scopes: [],
  });
  const secrets = createBotSecrets();
  await accounts.claim(
    { portal: PORTAL, account: ACCOUNT },
    { callbackUrl, ...sealSecrets(secrets, { account: ACCOUNT, seal }) },
  );
  return { portalId: PORTAL, channelAccountId: ACCOUNT, accessToken: ACCESS_TOKEN, botToken: secrets.token };
}
