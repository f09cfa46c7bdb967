import { openAccounts } from '@parley/shared/accounts/accounts';
import { serve } from '@parley/shared/http/serve';
import { lapsedConsents } from '@parley/shared/hubspot/oauth/installs';
import { createRateBudget } from '@parley/shared/hubspot/rate-budget';
import { queues } from '@parley/shared/queues/catalogue';
import { openQueue } from '@parley/shared/queues/open-queue';
import { awaitRedis, connectPatient } from '@parley/shared/redis/connect';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import { readStanding } from './accounts/standing.ts';
import { createApp } from './app.ts';
import type { DashboardConfig } from './config.ts';

export interface Dashboard extends AsyncDisposable {
  readonly url: string;
  /** Rejects when Redis does not answer. */
  readonly ready: () => Promise<unknown>;
}

/** Waits for Redis, then serves. Operators are signed out when it stops, since the key of their sessions goes with it. */
export async function startDashboard(
  config: DashboardConfig,
  { telemetry: { logger }, host }: { telemetry: Pick<Telemetry, 'logger'>; host?: string | undefined },
): Promise<Dashboard> {
  await using opening = new AsyncDisposableStack();

  const redis = opening.adopt(connectPatient(config.REDIS_URL), (connection) => connection.disconnect());
  await awaitRedis(redis, logger);
  const open = { redis, namespace: config.REDIS_NAMESPACE };
  const watched = Object.values(queues).map((definition) => opening.use(openQueue<unknown>(definition, open)));
  const operator = { name: config.DASHBOARD_USER, password: config.DASHBOARD_PASSWORD };
  const budget = createRateBudget(open);
  const accounts = openAccounts(open);
  const app = createApp({
    queues: watched,
    pausedPortals: () => budget.paused(),
    standing: () => readStanding({ accounts, lapsedConsents: () => lapsedConsents(open) }),
    redis,
    operator,
    logger,
  });
  const { url } = opening.use(await serve(app, { port: config.DASHBOARD_PORT, host }));

  logger.info({ url }, 'dashboard is served');

  const parts = opening.move();
  return { url, ready: () => redis.ping(), [Symbol.asyncDispose]: () => parts.disposeAsync() };
}
