import { once } from 'node:events';
import { type AccountLooks, openAccountLooks } from '@parley/shared/accounts/account-looks';
import { type Accounts, openAccounts } from '@parley/shared/accounts/accounts';
import type { ConfigOf } from '@parley/shared/config/load-config';
import type { PortalId } from '@parley/shared/contracts/ids';
import { type ChannelAccounts, createChannelAccounts } from '@parley/shared/hubspot/channels-accounts';
import { openInstalls } from '@parley/shared/hubspot/oauth/installs';
import { openAccessTokens } from '@parley/shared/hubspot/open-access-tokens';
import { connectImpatient } from '@parley/shared/redis/connect';
import { createSeal, type Seal } from '@parley/shared/secrets/seal';
import type { Redis } from 'ioredis';
import { Problem } from './problems.ts';
import type { bridgeShape } from './settings.ts';

/** A person waits for each call. */
const TIMEOUT_MS = 5_000;

/** Both sides, as a command needs them. */
export interface Bridge {
  readonly redis: Redis;
  readonly reached: boolean;
  readonly accounts: Accounts;
  /** Lets the publisher ask HubSpot how an account stands. */
  readonly requestLook: AccountLooks['request'];
  readonly seal: Seal;
  readonly channelAccountsOf: (portal: PortalId) => ChannelAccounts;
  /** Those that Parley has a way into: of the settings, and of installs. */
  readonly portals: () => Promise<readonly PortalId[]>;
}

/** Opens what a command needs, and closes it afterwards. */
export async function withBridge<T>(
  config: ConfigOf<typeof bridgeShape>,
  use: (bridge: Bridge) => Promise<T>,
): Promise<T> {
  const redis = connectImpatient(config.REDIS_URL);
  redis.on('error', () => undefined); // each command tells its own failure
  try {
    // By way of sentinels `connect` would wait for them for ever; each failure is told as an error.
    const reached = await Promise.race([
      redis.connect().then(
        () => true,
        () => false,
      ),
      once(redis, 'error').then(() => false),
    ]);
    const open = { redis, namespace: config.REDIS_NAMESPACE };
    const seal = createSeal(config.SEAL_KEYS);
    const tokensOf = openAccessTokens(config, open);
    return await use({
      ...open,
      reached,
      seal,
      accounts: openAccounts(open),
      requestLook: (account) => openAccountLooks(open).request(account),
      channelAccountsOf: (portal) =>
        createChannelAccounts({
          apiUrl: config.HUBSPOT_API_URL,
          apiVersion: config.HUBSPOT_API_VERSION,
          channelId: config.HUBSPOT_CHANNEL_ID,
          tokens: tokensOf(portal),
          timeoutMs: TIMEOUT_MS,
        }),
      portals: async () => {
        const ofSettings = config.HUBSPOT_ACCESS_TOKEN ? config.HUBSPOT_PORTAL_ID : undefined;
        return [
          ...new Set([...(ofSettings ? [ofSettings] : []), ...(await openInstalls({ ...open, seal }).portals())]),
        ];
      },
    });
  } finally {
    redis.disconnect();
  }
}

/** For commands that can do nothing without what lies in Redis. */
export const withReachedBridge = <T>(
  config: ConfigOf<typeof bridgeShape>,
  use: (bridge: Bridge) => Promise<T>,
): Promise<T> =>
  withBridge(config, async (bridge) => {
    if (bridge.reached) return use(bridge);
    throw new Problem(
      'Redis, where Parley keeps its accounts, does not answer',
      'Start Redis, and compare host, port, password and #masterName (of sentinels) in REDIS_URL.',
    );
  });
