import { openAccountLooks } from '@parley/shared/accounts/account-looks';
import { openAccounts } from '@parley/shared/accounts/accounts';
import { perAccount } from '@parley/shared/accounts/per-account';
import type { PortalId } from '@parley/shared/contracts/ids';
import { openConversations } from '@parley/shared/conversations/conversations';
import { openWatchedHandoffs } from '@parley/shared/conversations/watched-handoffs';
import { createChannelAccounts } from '@parley/shared/hubspot/channels-accounts';
import { openPortals } from '@parley/shared/hubspot/open-portals';
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
import { lookAtAccounts } from './look-at-accounts.ts';
import { reconcile } from './reconcile.ts';
import { type MayGoOn, startRounds } from './rounds.ts';
import { createTellUndeliverable } from './tell-undeliverable.ts';

/** The lead over the rounds outlives it. */
const LOOK_TIMEOUT_MS = 10_000;

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

  const accessTo = openPortals(config, { redis, namespace, told: telemetry });
  const conversations = openConversations({ redis, namespace });
  const accounts = openAccounts({ redis, namespace });
  const forAccount = perAccount(
    accounts,
    createForAccount({
      config,
      redis,
      namespace,
      conversations,
      accessTo,
      comments,
      acceptAgentDelivery,
      acceptReport: createProducer(deliveryReports),
    }),
  );
  const forLane = ({ lane }: Attempt) => forAccount(accountOf(lane));

  stack.use(
    startConsumer({
      queue: visitorMessages,
      handle: async (event, attempt) => (await forLane(attempt)).publishEvent(event, attempt),
      mourn: createTellUndeliverable({ acceptAgentDelivery }),
      telemetry,
    }),
  );
  stack.use(
    startConsumer({
      queue: deliveryReports,
      handle: async (report, attempt) => (await forLane(attempt)).reportDelivery(report, attempt),
      mourn: async () => undefined, // the agent keeps seeing the earlier state; the dead letter tells the operator
      telemetry,
    }),
  );
  stack.use(
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

  const reconciling = {
    conversations,
    watched: openWatchedHandoffs({ redis, namespace }),
    acceptAgentDelivery,
    telemetry,
  };
  const looking = {
    looks: openAccountLooks({ redis, namespace }),
    accounts,
    channelAccountsOf: (portal: PortalId) =>
      createChannelAccounts({
        ...accessTo(portal),
        apiVersion: config.HUBSPOT_API_VERSION,
        channelId: config.HUBSPOT_CHANNEL_ID,
        timeoutMs: LOOK_TIMEOUT_MS,
      }),
    logger: telemetry.logger,
  };
  const tasks = async () => [
    (mayGoOn: MayGoOn) => lookAtAccounts(looking, mayGoOn),
    ...(await accounts.claimed()).map(({ portal, account }) => async (mayGoOn: MayGoOn) => {
      const { hubspot } = await forAccount(account);
      await reconcile({ ...reconciling, portal, account, hubspot }, mayGoOn);
    }),
  ];
  stack.use(startRounds({ redis, namespace, tasks, logger: telemetry.logger }, reconcileRoundMs));

  const opened = stack.move();
  return {
    ready: () => redis.ping(),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
