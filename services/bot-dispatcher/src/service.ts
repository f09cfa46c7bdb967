import { openConversations } from '@parley/shared/conversations/conversations';
import { type QueueDefinition, queues } from '@parley/shared/queues/catalogue';
import { startConsumer } from '@parley/shared/queues/consumer';
import { openQueue } from '@parley/shared/queues/open-queue';
import { createProducer } from '@parley/shared/queues/producer';
import { awaitRedis, checkDurability, connectPatient } from '@parley/shared/redis/connect';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import { createBotCallback } from './bot-callback.ts';
import type { DispatcherConfig } from './config.ts';
import { createDispatch } from './dispatch.ts';
import { createReportFailed } from './report-failed.ts';

export interface BotDispatcher extends AsyncDisposable {
  /** Rejects when Redis does not answer. */
  readonly ready: () => Promise<unknown>;
}

/** The only caller of the bot: takes `agent-messages`. Waits for Redis before it resolves. */
export async function startBotDispatcher(
  config: DispatcherConfig,
  { telemetry, catalogue = queues }: { telemetry: Telemetry; catalogue?: typeof queues },
): Promise<BotDispatcher> {
  await using stack = new AsyncDisposableStack();
  const redis = stack.adopt(connectPatient(config.REDIS_URL), (connection) => connection.disconnect());
  await awaitRedis(redis, telemetry.logger);
  await checkDurability(redis, telemetry.logger);

  const namespace = config.REDIS_NAMESPACE;
  const open = <Message>(definition: QueueDefinition<Message>) =>
    stack.use(openQueue(definition, { redis, namespace }));
  const conversations = openConversations({ redis, namespace });
  const acceptReport = createProducer(open(catalogue.deliveryReports));
  const portal = config.HUBSPOT_PORTAL_ID;

  stack.use(
    startConsumer({
      queue: open(catalogue.agentMessages),
      handle: createDispatch({
        portal,
        conversations,
        acceptReport,
        callBot: createBotCallback({ url: config.BOT_CALLBACK_URL, signingSecret: config.BOT_SIGNING_SECRET }),
      }),
      mourn: createReportFailed({ acceptReport }),
      telemetry,
    }),
  );

  const opened = stack.move();
  return {
    ready: () => redis.ping(),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
