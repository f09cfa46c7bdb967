import { openAccounts } from '@parley/shared/accounts/accounts';
import { perAccount } from '@parley/shared/accounts/per-account';
import { openConversations } from '@parley/shared/conversations/conversations';
import { openPortals } from '@parley/shared/hubspot/open-portals';
import { disposedTogether } from '@parley/shared/process/disposed-together';
import { type QueueDefinition, queues } from '@parley/shared/queues/catalogue';
import { startConsumer } from '@parley/shared/queues/consumer';
import { gaugeLanes } from '@parley/shared/queues/gauge-lanes';
import { accountOf } from '@parley/shared/queues/lane';
import { openQueue } from '@parley/shared/queues/open-queue';
import { delivered } from '@parley/shared/queues/outcome';
import { createProducer } from '@parley/shared/queues/producer';
import type { Attempt } from '@parley/shared/queues/turn';
import { awaitRedis, checkDurability, connectPatient } from '@parley/shared/redis/connect';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import type { PublisherConfig } from './config.ts';
import { createForAccount } from './for-account.ts';
import { createRoundTasks } from './round-tasks.ts';
import { startRounds } from './rounds.ts';
import { createTellUndeliverable } from './tell-undeliverable.ts';

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

  const accounts = openAccounts({ redis, namespace });
  const surroundings = {
    config,
    redis,
    namespace,
    conversations: openConversations({ redis, namespace }),
    accessTo: openPortals(config, { redis, namespace, told: telemetry }),
    comments,
    acceptAgentDelivery: createProducer(open(catalogue.agentMessages)),
    acceptReport: createProducer(deliveryReports),
  };
  const forAccount = perAccount(accounts, createForAccount(surroundings));
  const forLane = ({ lane }: Attempt) => forAccount(accountOf(lane));

  const workers = stack.use(disposedTogether());
  workers.use(
    startConsumer({
      queue: visitorMessages,
      handle: async (event, attempt) => (await forLane(attempt)).publishEvent(event, attempt),
      mourn: createTellUndeliverable(surroundings),
      telemetry,
    }),
  );
  workers.use(
    startConsumer({
      queue: deliveryReports,
      handle: async (report, attempt) => (await forLane(attempt)).reportDelivery(report, attempt),
      mourn: async () => undefined, // the agent keeps seeing the earlier state; the dead letter tells the operator
      telemetry,
    }),
  );
  workers.use(
    startConsumer({
      queue: comments,
      handle: async (comment, attempt) => {
        await (await forLane(attempt)).commentOnce(comment);
        return delivered;
      },
      mourn: async () => undefined, // the conversation goes on without it; the dead letter tells the operator
      telemetry,
    }),
  );
  const tasks = createRoundTasks({ ...surroundings, accounts, forAccount, telemetry });
  workers.use(startRounds({ redis, namespace, tasks, logger: telemetry.logger }, reconcileRoundMs));

  const opened = stack.move();
  return {
    ready: () => redis.ping(),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
