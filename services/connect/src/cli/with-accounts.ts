import type { ConfigOf } from '@parley/shared/config/load-config';
import { RetryableError } from '@parley/shared/failures';
import type { AccessTokens } from '@parley/shared/hubspot/access-token';
import { type ChannelAccounts, createChannelAccounts } from '@parley/shared/hubspot/channels-accounts';
import { openAccessTokens } from '@parley/shared/hubspot/open-access-tokens';
import { connectImpatient } from '@parley/shared/redis/connect';
import type { Redis } from 'ioredis';
import { Problem } from './problems.ts';
import type { accountsShape } from './settings.ts';

/** A person waits for each call. */
const TIMEOUT_MS = 5_000;

/** Opens what a command needs of HubSpot and Redis, and closes it afterwards. Redis need not be there for a token of the settings. */
export async function withAccounts<T>(
  config: ConfigOf<typeof accountsShape>,
  use: (opened: { accounts: ChannelAccounts; redis: Redis }) => Promise<T>,
): Promise<T> {
  const redis = connectImpatient(config.REDIS_URL);
  redis.on('error', () => undefined); // each command tells its own failure
  try {
    const reached = await redis.connect().then(
      () => true,
      () => false,
    );
    const needsRedis = !config.HUBSPOT_ACCESS_TOKEN;
    const tokens =
      needsRedis && !reached
        ? outOfReach
        : readable(openAccessTokens(config, { redis, namespace: config.REDIS_NAMESPACE }));
    const accounts = createChannelAccounts({
      apiUrl: config.HUBSPOT_API_URL,
      apiVersion: config.HUBSPOT_API_VERSION,
      channelId: config.HUBSPOT_CHANNEL_ID,
      tokens,
      timeoutMs: TIMEOUT_MS,
    });
    return await use({ accounts, redis });
  } finally {
    redis.disconnect();
  }
}

const noTokens = () =>
  Promise.reject(
    new Problem(
      "the tokens of the account's install lie in Redis, which does not answer",
      'Start Redis, and compare host, port and password in REDIS_URL.',
    ),
  );
const outOfReach: AccessTokens = { current: noTokens, instead: noTokens };

/** What is no refusal of HubSpot's comes from the sealed tokens in Redis. */
const readable = ({ current, instead }: AccessTokens): AccessTokens => ({
  current: () => current().catch(unreadable),
  instead: (refused) => instead(refused).catch(unreadable),
});

function unreadable(error: unknown): never {
  if (error instanceof RetryableError || !(error instanceof Error)) throw error;
  throw new Problem(
    `the tokens of the account's install cannot be read: ${error.message}`,
    'Put the key that sealed them back into SEAL_KEYS, or install the app again: open <CONNECT_URL>/install.',
  );
}
