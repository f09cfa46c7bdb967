import { serve } from '@parley/shared/http/serve';
import { createRateBudget } from '@parley/shared/hubspot/rate-budget';
import { createLogger, type Logger } from '@parley/shared/logging/logger';
import { queues } from '@parley/shared/queues/catalogue';
import { openQueue } from '@parley/shared/queues/open-queue';
import { awaitRedis, connectPatient } from '@parley/shared/redis/connect';
import { createApp } from './app.ts';
import type { DashboardConfig } from './config.ts';

export interface Dashboard extends AsyncDisposable {
  readonly url: string;
}

/** Waits for Redis, then serves. Operators are signed out when it stops, since the key of their sessions goes with it. */
export async function startDashboard(config: DashboardConfig, overrides: { logger?: Logger } = {}): Promise<Dashboard> {
  const { logger = createLogger({ service: 'dashboard', level: config.LOG_LEVEL }) } = overrides;
  await using opening = new AsyncDisposableStack();

  const redis = opening.adopt(connectPatient(config.REDIS_URL), (connection) => connection.disconnect());
  await awaitRedis(redis, logger);
  const open = { redis, namespace: config.REDIS_NAMESPACE };
  const watched = [
    opening.use(openQueue(queues.visitorMessages, open)),
    opening.use(openQueue(queues.agentMessages, open)),
    opening.use(openQueue(queues.deliveryReports, open)),
  ];
  const operator = { name: config.DASHBOARD_USER, password: config.DASHBOARD_PASSWORD };
  const budget = createRateBudget(open);
  const app = createApp({ queues: watched, pausedPortals: () => budget.paused(), redis, operator, logger });
  const { url } = opening.use(await serve(app, { port: config.DASHBOARD_PORT }));

  logger.info({ url }, 'dashboard is served');

  const parts = opening.move();
  return { url, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}
