import { openSigningSecret } from '@parley/shared/accounts/account';
import { openAccounts } from '@parley/shared/accounts/accounts';
import { perAccount } from '@parley/shared/accounts/per-account';
import { openConversations } from '@parley/shared/conversations/conversations';
import { createFileLinks } from '@parley/shared/file-links/file-links';
import { createAgents } from '@parley/shared/hubspot/agents';
import { createHubSpotClient } from '@parley/shared/hubspot/client';
import { openPortals } from '@parley/shared/hubspot/open-portals';
import { type QueueDefinition, queues } from '@parley/shared/queues/catalogue';
import { startConsumer } from '@parley/shared/queues/consumer';
import { gaugeLanes } from '@parley/shared/queues/gauge-lanes';
import { accountOf } from '@parley/shared/queues/lane';
import { openQueue } from '@parley/shared/queues/open-queue';
import { createProducer } from '@parley/shared/queues/producer';
import { awaitRedis, checkDurability, connectPatient } from '@parley/shared/redis/connect';
import { createSeal } from '@parley/shared/secrets/seal';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import { createBotCallback } from './bot-callback.ts';
import type { DispatcherConfig } from './config.ts';
import { createDispatch } from './dispatch.ts';
import { CLOSING_PACE, type ClosingPace } from './hand-back.ts';
import { createLookPatiently } from './look-patiently.ts';
import { createReportFailed } from './report-failed.ts';

export interface BotDispatcher extends AsyncDisposable {
  /** Rejects when Redis does not answer. */
  readonly ready: () => Promise<unknown>;
}

/**
 * The only caller of the bots: takes `agent-messages`. Waits for Redis before it resolves.
 *
 * It reads from HubSpot, and never writes, what an event to the bot needs and a webhook does not carry: who the agent is, and
 * how a thread stands. A way through the publisher would be one more queue in which the agent's words could be late.
 */
export async function startBotDispatcher(
  config: DispatcherConfig,
  {
    telemetry,
    catalogue = queues,
    closing = CLOSING_PACE,
  }: { telemetry: Telemetry; catalogue?: typeof queues; closing?: ClosingPace },
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
  const agentMessages = open(catalogue.agentMessages);
  gaugeLanes(telemetry.registry, agentMessages);
  const acceptAgentDelivery = createProducer(agentMessages);
  const accessTo = openPortals(config, { redis, namespace, told: telemetry });
  const links = createFileLinks({ publicUrl: config.PUBLIC_URL, secret: config.HUBSPOT_CLIENT_SECRET });
  const seal = createSeal(config.SEAL_KEYS);
  const lookPatiently = createLookPatiently(closing);

  const dispatchOf = perAccount(openAccounts({ redis, namespace }), (claimed) => {
    const { portal, bot } = claimed;
    const hubspot = createHubSpotClient({
      ...accessTo(portal),
      apiVersion: config.HUBSPOT_API_VERSION,
      channelId: config.HUBSPOT_CHANNEL_ID,
      channelAccountId: claimed.account,
    });
    return createDispatch({
      portal,
      hubspot,
      conversations,
      closing,
      lookPatiently,
      acceptReport,
      acceptAgentDelivery,
      findProfile: createAgents({ hubspot, redis, namespace, portal, logger: telemetry.logger }),
      files: { links, portal, apiUrl: config.HUBSPOT_API_URL },
      callBot: createBotCallback({ url: bot.callbackUrl, signingSecret: openSigningSecret(claimed, seal) }),
    });
  });
  stack.use(
    startConsumer({
      queue: agentMessages,
      handle: async (delivery, attempt) => (await dispatchOf(accountOf(attempt.lane)))(delivery, attempt),
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
