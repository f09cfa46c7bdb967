import { randomBytes } from 'node:crypto';
import { type DemoBot, startDemoBot } from '@parley/demo-bot/service';
import { type HubSpotSimulator, startHubSpotSimulator } from '@parley/hubspot-simulator/service';
import { shape } from '@parley/parley/config';
import { type Paces, type Parley, startParley } from '@parley/parley/service';
import { type AccountKey, type BotSecrets, createBotSecrets, sealSecrets } from '@parley/shared/accounts/account';
import { type AccountLooks, openAccountLooks } from '@parley/shared/accounts/account-looks';
import { type Accounts, openAccounts } from '@parley/shared/accounts/accounts';
import { loadConfig } from '@parley/shared/config/load-config';
import { ChannelAccountId, PortalId } from '@parley/shared/contracts/ids';
import { type Conversations, openConversations } from '@parley/shared/conversations/conversations';
import { createLogger } from '@parley/shared/logging/logger';
import { queues } from '@parley/shared/queues/catalogue';
import { type DeadLetters, openDeadLetters } from '@parley/shared/queues/dead-letters';
import { openQueue } from '@parley/shared/queues/open-queue';
import { connectPatient } from '@parley/shared/redis/connect';
import { createSeal, type Seal } from '@parley/shared/secrets/seal';
import { type AttemptLine, createTelemetry, type Telemetry } from '@parley/shared/telemetry/telemetry';
import { freePort } from '@parley/shared/testing/free-port';
import { createWatch, type Watch } from '@parley/shared/testing/watch';

export type SeenAttempt = AttemptLine & { readonly endedAt: number };

export interface Sandbox extends AsyncDisposable {
  readonly parley: Parley;
  readonly simulator: HubSpotSimulator;
  readonly bot: DemoBot;
  /** What a process of its own would need in its environment to join in. */
  readonly environment: Readonly<Record<string, string>>;
  readonly accounts: Accounts;
  readonly looks: AccountLooks;
  /** The channel account that belongs to the bot. */
  readonly account: AccountKey;
  /** What the bot and Parley know each other by. */
  readonly secrets: BotSecrets;
  readonly seal: Seal;
  readonly conversations: Conversations;
  readonly letters: {
    readonly visitorMessages: DeadLetters;
    readonly agentMessages: DeadLetters;
    readonly deliveryReports: DeadLetters;
    readonly comments: DeadLetters;
  };
  /** Every attempt so far, oldest first, with the time at which it ended. */
  readonly attempts: readonly SeenAttempt[];
  /** Waits for a condition, asked again at each attempt; rejects when it does not come to hold. */
  readonly until: Watch['until'];
  /** Resolves when every webhook is delivered and every lane is empty: nothing is under way. */
  settled(): Promise<void>;
}

const CLIENT_ID = 'parley-sandbox';

/** Nothing of it is for other machines. */
const HOST = '127.0.0.1';

/** The pages' ports, when nobody has them. */
const PREFERRED = { ingress: 3000, dashboard: 3001, simulator: 3002, bot: 3003 };

export interface SandboxOptions {
  readonly redisUrl: string;
  readonly namespace: string;
  readonly logLevel?: string;
  /** Ports that people can remember, where they are free. Tests take any. */
  readonly ports?: 'preferred' | 'any';
  /** Queues with other ladders, so that a test of retries need not wait as long as a person would. */
  readonly catalogue?: typeof queues;
  readonly paces?: Paces;
  /** Another bot's address than the demo bot's. */
  readonly callbackUrl?: string;
  /** Replaces settings, by the names of their variables. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Starts something else in Parley's place, such as the ingress alone when the workers are processes of their own. */
  readonly parley?: typeof startParley;
}

/**
 * The whole bridge between a demo bot and a simulated HubSpot, in this process, with secrets made for it: what `npm run demo`
 * shows, what `npm run smoke` measures and what the end-to-end tests drive.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { redisUrl, namespace, catalogue = queues } = options;
  const port = async (of: keyof typeof PREFERRED) => (options.ports === 'preferred' ? freePort(PREFERRED[of]) : 0);
  await using stack = new AsyncDisposableStack();
  const watch = createWatch();
  const attempts: SeenAttempt[] = [];
  const telemetry = watched(
    createTelemetry(createLogger({ service: 'parley', level: options.logLevel ?? 'silent' })),
    (line) => {
      attempts.push({ ...line, endedAt: Date.now() });
      watch.changed();
    },
  );

  // Known before the ingress listens: HubSpot signs over its public address.
  const ingressPort = await freePort(options.ports === 'preferred' ? PREFERRED.ingress : undefined);
  const publicUrl = `http://${HOST}:${ingressPort}`;
  const webhookToken = secret();
  const clientSecret = secret();
  const accessToken = secret();
  const ids = { portalId: '48448169', channelId: '477835', channelAccountId: '898158620' };
  const sealKey = randomBytes(32);
  const secrets = createBotSecrets();

  const simulator = stack.use(
    await startHubSpotSimulator({
      ...ids,
      port: await port('simulator'),
      accessToken,
      clientId: CLIENT_ID,
      clientSecret,
      channelWebhookUrl: `${publicUrl}/v1/hubspot/channel/${webhookToken}`,
      eventsWebhookUrl: `${publicUrl}/v1/hubspot/events/${webhookToken}`,
    }),
  );
  const bot = stack.use(
    await startDemoBot({
      port: await port('bot'),
      host: HOST,
      parleyUrl: publicUrl,
      botToken: secrets.token,
      signingSecret: secrets.signingSecret,
    }),
  );
  const environment = {
    REDIS_URL: redisUrl,
    REDIS_NAMESPACE: namespace,
    INGRESS_PORT: String(ingressPort),
    PUBLIC_URL: publicUrl,
    BOT_FILE_HOSTS: HOST,
    HUBSPOT_API_URL: simulator.url,
    HUBSPOT_ACCESS_TOKEN: accessToken,
    HUBSPOT_CLIENT_ID: CLIENT_ID,
    HUBSPOT_CLIENT_SECRET: clientSecret,
    HUBSPOT_WEBHOOK_TOKEN: webhookToken,
    HUBSPOT_PORTAL_ID: ids.portalId,
    HUBSPOT_CHANNEL_ID: ids.channelId,
    DASHBOARD_PORT: String(await port('dashboard')),
    DASHBOARD_PASSWORD: randomBytes(9).toString('base64url'),
    SEAL_KEYS: sealKey.toString('base64'),
    ...options.settings,
  };

  const redis = stack.adopt(connectPatient(redisUrl), (connection) => connection.disconnect());
  await redis.connect();
  const accounts = openAccounts({ redis, namespace });
  const account = {
    portal: PortalId.parse(ids.portalId),
    account: ChannelAccountId.parse(ids.channelAccountId),
  };
  const seal = createSeal([sealKey]);
  const { callbackUrl = bot.callbackUrl } = options;
  await accounts.claim(account, { callbackUrl, ...sealSecrets(secrets, { ...account, seal }) });

  const parley = stack.use(
    await (options.parley ?? startParley)(loadConfig(shape, environment), {
      telemetry,
      catalogue,
      host: HOST,
      ...(options.paces && { paces: options.paces }),
    }),
  );

  // The ingress listens before Redis has answered it, and says 503 until then.
  await watch.until(
    () =>
      parley.ready().then(
        () => true,
        () => false,
      ),
    'the ingress can accept',
  );

  const open = {
    visitorMessages: stack.use(openQueue(catalogue.visitorMessages, { redis, namespace })),
    agentMessages: stack.use(openQueue(catalogue.agentMessages, { redis, namespace })),
    deliveryReports: stack.use(openQueue(catalogue.deliveryReports, { redis, namespace })),
    comments: stack.use(openQueue(catalogue.comments, { redis, namespace })),
  };

  const busy = () => Promise.all(Object.values(open).map(({ lanes }) => redis.zcard(lanes.keys.index)));

  const opened = stack.move();
  return {
    parley,
    simulator,
    bot,
    environment,
    account,
    accounts,
    looks: openAccountLooks({ redis, namespace }),
    secrets,
    seal,
    attempts,
    conversations: openConversations({ redis, namespace }),
    letters: {
      visitorMessages: openDeadLetters(open.visitorMessages),
      agentMessages: openDeadLetters(open.agentMessages),
      deliveryReports: openDeadLetters(open.deliveryReports),
      comments: openDeadLetters(open.comments),
    },
    until: watch.until,
    async settled() {
      await simulator.webhooks.settled();
      await watch.until(async () => (await busy()).every((lanes) => lanes === 0), 'every lane is empty');
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

const secret = () => randomBytes(24).toString('hex');

const watched = (telemetry: Telemetry, attempted: (line: AttemptLine) => void): Telemetry => ({
  ...telemetry,
  attempted(line) {
    telemetry.attempted(line);
    attempted(line);
  },
});
