import { openConversations } from '@parley/shared/conversations/conversations';
import { createHubSpotClient } from '@parley/shared/hubspot/client';
import { createRateBudget } from '@parley/shared/hubspot/rate-budget';
import { type QueueDefinition, queues } from '@parley/shared/queues/catalogue';
import { startConsumer } from '@parley/shared/queues/consumer';
import { openQueue } from '@parley/shared/queues/open-queue';
import { createProducer } from '@parley/shared/queues/producer';
import { awaitRedis, checkDurability, connectPatient } from '@parley/shared/redis/connect';
import { createDoOnce } from '@parley/shared/redis/do-once';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import { createCommentOnce } from './comment-once.ts';
import type { PublisherConfig } from './config.ts';
import { createPublishEvent } from './publish-event.ts';
import { createPublishWords } from './publish-words.ts';
import { createReportDelivery } from './report-delivery.ts';
import { createTellUndeliverable } from './tell-undeliverable.ts';

export interface HubSpotPublisher extends AsyncDisposable {
  /** Rejects when Redis does not answer. */
  readonly ready: () => Promise<unknown>;
}

/** The only writer to HubSpot: takes `visitor-messages` and `delivery-reports`. Waits for Redis before it resolves. */
export async function startHubSpotPublisher(
  config: PublisherConfig,
  { telemetry, catalogue = queues }: { telemetry: Telemetry; catalogue?: typeof queues },
): Promise<HubSpotPublisher> {
  await using stack = new AsyncDisposableStack();
  const redis = stack.adopt(connectPatient(config.REDIS_URL), (connection) => connection.disconnect());
  await awaitRedis(redis, telemetry.logger);
  await checkDurability(redis, telemetry.logger);

  const namespace = config.REDIS_NAMESPACE;
  const open = <Message>(definition: QueueDefinition<Message>) =>
    stack.use(openQueue(definition, { redis, namespace }));
  const visitorMessages = open(catalogue.visitorMessages);
  const deliveryReports = open(catalogue.deliveryReports);
  const acceptAgentDelivery = createProducer(open(catalogue.agentMessages));

  const portal = config.HUBSPOT_PORTAL_ID;
  const account = config.HUBSPOT_CHANNEL_ACCOUNT_ID;
  const conversations = openConversations({ redis, namespace });
  const hubspot = createHubSpotClient({
    apiUrl: config.HUBSPOT_API_URL,
    apiVersion: config.HUBSPOT_API_VERSION,
    accessToken: config.HUBSPOT_ACCESS_TOKEN,
    portalId: portal,
    channelId: config.HUBSPOT_CHANNEL_ID,
    channelAccountId: account,
    budget: createRateBudget({ redis, namespace, told: telemetry }),
  });
  const commentOnce = createCommentOnce({ hubspot, doOnce: createDoOnce({ redis, namespace }) });
  const publishWords = createPublishWords({
    hubspot,
    conversations,
    commentOnce,
    portal,
    maxText: config.HUBSPOT_MAX_TEXT,
  });

  stack.use(
    startConsumer({
      queue: visitorMessages,
      handle: createPublishEvent({
        account,
        hubspot,
        conversations,
        commentOnce,
        publishWords,
        acceptAgentDelivery,
        acceptReport: createProducer(deliveryReports),
      }),
      mourn: createTellUndeliverable({ account, acceptAgentDelivery }),
      telemetry,
    }),
  );
  stack.use(
    startConsumer({
      queue: deliveryReports,
      handle: createReportDelivery({ hubspot, redis, namespace }),
      mourn: async () => undefined, // the agent keeps seeing the earlier state; the dead letter tells the operator
      telemetry,
    }),
  );

  const opened = stack.move();
  return {
    ready: () => redis.ping(),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
