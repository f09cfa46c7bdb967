import { openConversations } from '@parley/shared/conversations/conversations';
import { openWatchedHandoffs } from '@parley/shared/conversations/watched-handoffs';
import { createFetchGuarded } from '@parley/shared/http/fetch-guarded';
import { createHubSpotApi } from '@parley/shared/hubspot/api';
import { createHubSpotClient } from '@parley/shared/hubspot/client';
import { createFilesClient } from '@parley/shared/hubspot/files';
import { openAccessTokens } from '@parley/shared/hubspot/open-access-tokens';
import { createRateBudget } from '@parley/shared/hubspot/rate-budget';
import { disposedTogether } from '@parley/shared/process/disposed-together';
import { type QueueDefinition, queues } from '@parley/shared/queues/catalogue';
import { startConsumer } from '@parley/shared/queues/consumer';
import { gaugeLanes } from '@parley/shared/queues/gauge-lanes';
import { openQueue } from '@parley/shared/queues/open-queue';
import { delivered } from '@parley/shared/queues/outcome';
import { createProducer } from '@parley/shared/queues/producer';
import { awaitRedis, checkDurability, connectPatient } from '@parley/shared/redis/connect';
import { createDoOnce } from '@parley/shared/redis/do-once';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import { createBringFiles } from './bring-files.ts';
import { createComment } from './comment.ts';
import { createCommentOnce } from './comment-once.ts';
import type { PublisherConfig } from './config.ts';
import { openFileMemory } from './file-memory.ts';
import { createPublishEvent } from './publish-event.ts';
import { createPublishWords } from './publish-words.ts';
import { createReportDelivery } from './report-delivery.ts';
import { startReconciling } from './start-reconciling.ts';
import { createTellUndeliverable } from './tell-undeliverable.ts';

/** Ten megabytes within ten seconds: a bot's files lie on servers, and the visitor's later words wait. */
const MAX_FILE_BYTES = 10_000_000;
const FETCH_TIMEOUT_MS = 10_000;
/** The upload goes on while the file comes, and is answered after its last byte. */
const UPLOAD_TIMEOUT_MS = FETCH_TIMEOUT_MS + 2_000;

export interface HubSpotPublisher extends AsyncDisposable {
  /** Rejects when Redis does not answer. */
  readonly ready: () => Promise<unknown>;
}

/**
 * The only writer to HubSpot: takes `visitor-messages`, `comments` and `delivery-reports`, and looks for what HubSpot's webhooks left out.
 * Waits for Redis before it resolves.
 */
export async function startHubSpotPublisher(
  config: PublisherConfig,
  {
    telemetry,
    catalogue = queues,
    reconcileRoundMs,
  }: { telemetry: Telemetry; catalogue?: typeof queues; reconcileRoundMs?: number },
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
  const comments = open(catalogue.comments);
  for (const queue of [visitorMessages, deliveryReports, comments]) gaugeLanes(telemetry.registry, queue);
  const acceptAgentDelivery = createProducer(open(catalogue.agentMessages));

  const portal = config.HUBSPOT_PORTAL_ID;
  const account = config.HUBSPOT_CHANNEL_ACCOUNT_ID;
  const conversations = openConversations({ redis, namespace });
  const access = {
    apiUrl: config.HUBSPOT_API_URL,
    tokens: openAccessTokens(config, { redis, namespace }),
    portalId: portal,
    budget: createRateBudget({ redis, namespace, told: telemetry }),
  };
  const hubspot = createHubSpotClient({
    ...access,
    apiVersion: config.HUBSPOT_API_VERSION,
    channelId: config.HUBSPOT_CHANNEL_ID,
    channelAccountId: account,
  });
  const bringFiles = createBringFiles({
    hubspot: createFilesClient(createHubSpotApi({ ...access, timeoutMs: UPLOAD_TIMEOUT_MS })),
    fetchFile: createFetchGuarded({
      allowedHosts: config.BOT_FILE_HOSTS,
      maxBytes: MAX_FILE_BYTES,
      timeoutMs: FETCH_TIMEOUT_MS,
    }),
    memory: openFileMemory({ redis, namespace }),
    pause: () => access.budget.stateOf(portal),
  });
  const commentOnce = createCommentOnce({ hubspot, conversations, doOnce: createDoOnce({ redis, namespace }) });
  const publishWords = createPublishWords({
    hubspot,
    conversations,
    portal,
    identity: config.CONTACT_IDENTITY,
    maxText: config.HUBSPOT_MAX_TEXT,
  });

  const workers = stack.use(disposedTogether());
  workers.use(
    startConsumer({
      queue: visitorMessages,
      handle: createPublishEvent({
        account,
        hubspot,
        identity: config.CONTACT_IDENTITY,
        conversations,
        comment: createComment({ commentOnce, comments }),
        bringFiles,
        publishWords,
        acceptAgentDelivery,
        acceptReport: createProducer(deliveryReports),
      }),
      mourn: createTellUndeliverable({ account, acceptAgentDelivery }),
      telemetry,
    }),
  );
  workers.use(
    startConsumer({
      queue: deliveryReports,
      handle: createReportDelivery({ hubspot, redis, namespace }),
      mourn: async () => undefined, // the agent keeps seeing the earlier state; the dead letter tells the operator
      telemetry,
    }),
  );

  workers.use(
    startConsumer({
      queue: comments,
      handle: async (comment) => {
        await commentOnce(comment);
        return delivered;
      },
      mourn: async () => undefined, // the conversation goes on without it; the dead letter tells the operator
      telemetry,
    }),
  );

  const watched = openWatchedHandoffs({ redis, namespace });
  const reconciling = { portal, account, hubspot, conversations, watched, acceptAgentDelivery, telemetry };
  workers.use(startReconciling({ ...reconciling, redis, namespace }, reconcileRoundMs));

  const opened = stack.move();
  return {
    ready: () => redis.ping(),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
