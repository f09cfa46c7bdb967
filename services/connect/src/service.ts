import { serve } from '@parley/shared/http/serve';
import { createChannelAccounts } from '@parley/shared/hubspot/channels-accounts';
import { openInstalls } from '@parley/shared/hubspot/oauth/installs';
import { createTokenEndpoint } from '@parley/shared/hubspot/oauth/token-endpoint';
import { openAccessTokens } from '@parley/shared/hubspot/open-access-tokens';
import { createRateBudget } from '@parley/shared/hubspot/rate-budget';
import { awaitRedis, connectPatient } from '@parley/shared/redis/connect';
import { createSeal } from '@parley/shared/secrets/seal';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import { createApp } from './app.ts';
import type { ConnectConfig } from './config.ts';
import { openAllowance } from './connecting/allowance.ts';
import { openConsents } from './consents.ts';

/** A person waits for each call. */
const TIMEOUT_MS = 5_000;

export interface Connect extends AsyncDisposable {
  readonly url: string;
  /** Rejects when Redis does not answer. */
  readonly ready: () => Promise<unknown>;
}

/** The pages on which an administrator of a HubSpot account installs the app and connects an inbox. Waits for Redis before it resolves. */
export async function startConnect(config: ConnectConfig, { telemetry }: { telemetry: Telemetry }): Promise<Connect> {
  await using stack = new AsyncDisposableStack();
  const redis = stack.adopt(connectPatient(config.REDIS_URL), (connection) => connection.disconnect());
  await awaitRedis(redis, telemetry.logger);

  const namespace = config.REDIS_NAMESPACE;
  const installs = openInstalls({ redis, namespace, seal: createSeal(config.SEAL_KEYS) });
  const tokensOf = openAccessTokens(config, { redis, namespace });
  const app = createApp({
    install: {
      portals: config.INSTALL_PORTALS,
      clientId: config.HUBSPOT_CLIENT_ID,
      authorizeUrl: config.HUBSPOT_AUTHORIZE_URL,
      redirectUri: new URL('/oauth/callback', config.CONNECT_URL).href,
      consents: openConsents({ redis, namespace, secret: config.HUBSPOT_CLIENT_SECRET }),
      installs,
      budget: createRateBudget({ redis, namespace, told: telemetry }),
      endpoint: createTokenEndpoint({
        apiUrl: config.HUBSPOT_API_URL,
        clientId: config.HUBSPOT_CLIENT_ID,
        clientSecret: config.HUBSPOT_CLIENT_SECRET,
      }),
      telemetry,
    },
    connecting: {
      checks: {
        channelId: config.HUBSPOT_CHANNEL_ID,
        portals: config.INSTALL_PORTALS,
        installs,
        apiUrl: config.HUBSPOT_API_URL,
      },
      channelAccountsOf: (portal) =>
        createChannelAccounts({
          apiUrl: config.HUBSPOT_API_URL,
          apiVersion: config.HUBSPOT_API_VERSION,
          channelId: config.HUBSPOT_CHANNEL_ID,
          tokens: tokensOf(portal),
          timeoutMs: TIMEOUT_MS,
        }),
      mayAsk: openAllowance({ redis, namespace }),
      telemetry,
    },
    telemetry,
  });
  const { url } = stack.use(await serve(app, { port: config.CONNECT_PORT }));
  const opened = stack.move();
  return { url, ready: () => redis.ping(), [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
