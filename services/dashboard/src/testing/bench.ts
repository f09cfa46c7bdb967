import { randomBytes } from 'node:crypto';
import { openAccounts } from '@parley/shared/accounts/accounts';
import { loadConfig } from '@parley/shared/config/load-config';
import { openInstalls } from '@parley/shared/hubspot/oauth/installs';
import { createRateBudget } from '@parley/shared/hubspot/rate-budget';
import { createLogger } from '@parley/shared/logging/logger';
import { queues } from '@parley/shared/queues/catalogue';
import { startConsumer } from '@parley/shared/queues/consumer';
import { openQueue } from '@parley/shared/queues/open-queue';
import { createProducer } from '@parley/shared/queues/producer';
import type { Handle } from '@parley/shared/queues/turn';
import { connectPatient } from '@parley/shared/redis/connect';
import { createSeal } from '@parley/shared/secrets/seal';
import { createTelemetry } from '@parley/shared/telemetry/telemetry';
import { testRedis } from '@parley/shared/testing/test-redis';
import { createWatch } from '@parley/shared/testing/watch';
import { shape } from '../config.ts';
import { startDashboard } from '../service.ts';
import { type Browser, createBrowser } from './browser.ts';
import { visitorMessage } from './visitor-message.ts';

const PASSWORD = 'correct horse battery staple';

/** A dashboard on a real Redis, beside a queue of visitor messages that a real consumer empties. */
export async function startBench() {
  const stack = new AsyncDisposableStack();
  const { url: redisUrl, namespace } = testRedis();
  const lines: string[] = [];
  const dashboard = stack.use(
    await startDashboard(
      loadConfig(shape, {
        REDIS_URL: redisUrl,
        REDIS_NAMESPACE: namespace,
        DASHBOARD_PORT: '0',
        DASHBOARD_PASSWORD: PASSWORD,
      }),
      { telemetry: { logger: createLogger({ service: 'dashboard' }, { write: (line) => void lines.push(line) }) } },
    ),
  );
  const redis = stack.adopt(connectPatient(redisUrl), (connection) => connection.disconnect());
  await redis.connect();
  const queue = stack.use(openQueue(queues.visitorMessages, { redis, namespace }));
  const accept = createProducer(queue);
  const watch = createWatch();
  const telemetry = createTelemetry(createLogger({ service: 'test', level: 'silent' }));

  return {
    url: dashboard.url,
    password: PASSWORD,
    lines,
    queue,
    budget: createRateBudget({ redis, namespace }),
    accounts: openAccounts({ redis, namespace }),
    installs: openInstalls({ redis, namespace, seal: createSeal([randomBytes(32)]) }),
    until: (condition: () => boolean | Promise<boolean>, what: string) => watch.until(condition, what),

    /** Each text is its own event, named `<conversation>-<text's place>` from `first` on. */
    accept: (conversation: string, texts: readonly string[], { first = 1 } = {}) =>
      accept(texts.map((text, place) => visitorMessage(conversation, `${conversation}-${first + place}`, text))),

    /** Empties the queue until disposed, or until the bench is. */
    consume: (handle: Handle<unknown>) =>
      stack.use(
        startConsumer({
          queue,
          handle,
          mourn: async () => undefined,
          telemetry: { ...telemetry, attempted: () => watch.changed() },
        }),
      ),

    /** Until `count` dead letters are listed. */
    buried: (count: number) =>
      watch.until(async () => (await queue.letters.getWaitingCount()) === count, `${count} dead letters`),

    async signIn(): Promise<Browser> {
      const browser = createBrowser(dashboard.url);
      await browser.post('/sign-in', { name: 'operator', password: PASSWORD });
      return browser;
    },

    stranger: () => createBrowser(dashboard.url),

    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
