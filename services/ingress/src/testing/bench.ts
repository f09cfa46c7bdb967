import { randomBytes } from 'node:crypto';
import { createBotSecrets, digestOf } from '@parley/shared/accounts/account';
import { openAccountLooks } from '@parley/shared/accounts/account-looks';
import { openAccounts } from '@parley/shared/accounts/accounts';
import { loadConfig } from '@parley/shared/config/load-config';
import { ChannelAccountId, ConversationId, HandoffId, PortalId, ThreadId } from '@parley/shared/contracts/ids';
import { openConversations } from '@parley/shared/conversations/conversations';
import { createLogger } from '@parley/shared/logging/logger';
import { decodeEntry } from '@parley/shared/queues/lane';
import { connectPatient } from '@parley/shared/redis/connect';
import { createTelemetry, type RefusalLine } from '@parley/shared/telemetry/telemetry';
import { testRedis } from '@parley/shared/testing/test-redis';
import { createWatch } from '@parley/shared/testing/watch';
import { shape } from '../config.ts';
import { startIngress } from '../service.ts';
import { HANDOFF, SIGNED } from './hubspot.ts';

const PORTAL = PortalId.parse('48448169');
const ACCOUNT = ChannelAccountId.parse('898158620');

type Queue = 'visitor-messages' | 'agent-messages';

export const randomSecret = () => randomBytes(32).toString('hex');

export interface HowSigned {
  readonly version?: keyof typeof SIGNED;
  /** Milliseconds since 1970. */
  readonly at?: number;
  readonly token?: string;
  readonly query?: string;
  readonly signedUrl?: string;
  readonly signedBody?: Buffer;
  readonly clientSecret?: string;
}

/** A fresh ingress on a real Redis, and what it did: answers, log lines, and what stands in the lanes. */
export async function startBench(
  settings: Record<string, string> = {},
  { now = Date.now }: { now?: () => number } = {},
) {
  const stack = new AsyncDisposableStack();
  const { url: redisUrl, namespace } = testRedis();
  const config = loadConfig(shape, {
    REDIS_URL: redisUrl,
    REDIS_NAMESPACE: namespace,
    INGRESS_PORT: '0',
    PUBLIC_URL: 'https://parley.example',
    HUBSPOT_CLIENT_SECRET: randomSecret(),
    SEAL_KEYS: randomBytes(32).toString('base64'),
    HUBSPOT_ACCESS_TOKEN: randomSecret(),
    HUBSPOT_API_URL: 'http://127.0.0.1:1',
    HUBSPOT_WEBHOOK_TOKEN: randomSecret(),
    HUBSPOT_PORTAL_ID: PORTAL,
    HUBSPOT_CHANNEL_ID: '477835',
    ...settings,
  });
  const redis = stack.adopt(connectPatient(config.REDIS_URL), (connection) => connection.disconnect());
  const accounts = openAccounts({ redis, namespace });
  const account = { portal: PORTAL, account: ACCOUNT };
  const secrets = createBotSecrets();
  const bot = { callbackUrl: 'https://bot.example/parley', tokenDigest: digestOf(secrets.token), signingSecret: '' };
  const watch = createWatch();
  const lines: string[] = [];
  const refusals: RefusalLine[] = [];
  const telemetry = createTelemetry(createLogger({ service: 'ingress' }, { write: (line) => void lines.push(line) }));
  const ingress = stack.use(
    await startIngress(config, {
      telemetry: {
        ...telemetry,
        refused(line) {
          refusals.push(line);
          telemetry.refused(line);
        },
      },
      now,
    }),
  );

  /** Posts with the bot's token, unless `headers` say otherwise. */
  const post = (path: string, body: string | Buffer<ArrayBuffer> | undefined, headers: Record<string, string> = {}) =>
    fetch(`${ingress.url}${path}`, {
      method: 'POST',
      ...(body !== undefined && { body }),
      headers: { authorization: `Bearer ${secrets.token}`, 'content-type': 'application/json', ...headers },
    });

  /** Sends what HubSpot signed: `body` as JSON, or as it is when it is a buffer. What is not said is as it should be. */
  async function sendWebhook(route: 'channel' | 'events', body: unknown, how: HowSigned = {}) {
    const { version = 'v3', at = now(), token = config.HUBSPOT_WEBHOOK_TOKEN, query = '' } = how;
    const bytes = Buffer.isBuffer(body) ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
    const path = `/v1/hubspot/${route}/${token}${query}`;
    const {
      signedUrl = `${config.PUBLIC_URL}${path}`,
      signedBody = bytes,
      clientSecret = config.HUBSPOT_CLIENT_SECRET,
    } = how;
    const signature = SIGNED[version]({ clientSecret, url: signedUrl, body: signedBody, at });
    return fetch(`${ingress.url}${path}`, {
      method: 'POST',
      body: bytes,
      headers: { 'content-type': 'application/json', ...signature },
    });
  }

  return {
    url: ingress.url,
    sendWebhook,
    config,
    redis,
    accounts,
    account,
    bot,
    token: secrets.token,
    dueLooks: () => openAccountLooks({ redis, namespace }).due({ count: 10 }),
    lines,
    refusals,
    until: (...args: Parameters<typeof watch.until>) => watch.until(...args),
    post,
    sendEvents: (events: unknown) => post('/v1/events', JSON.stringify(events)),
    async disable() {
      const claimed = await accounts.find(ACCOUNT);
      if (claimed) await accounts.change(claimed, { ...claimed.bot, disabledAt: Date.now() });
    },

    /** Gives the account to the bot, and waits until the ingress can accept. */
    async ready() {
      await accounts.claim(account, bot);
      await watch.until(
        () =>
          ingress.ready().then(
            () => true,
            () => false,
          ),
        'the ingress is ready',
      );
    },

    /** Makes the conversation known, as the publisher does when it opens a handoff and learns of its thread. */
    async handOff(conversation: string, { account: of = ACCOUNT, handoff = HANDOFF } = {}) {
      const conversations = openConversations({ redis, namespace: config.REDIS_NAMESPACE });
      const entry = {
        account: of,
        conversation: ConversationId.parse(conversation),
        handoffId: HandoffId.parse(handoff),
      };
      await conversations.begin(entry, { visitor: {} });
      const threadId = ThreadId.parse('176347007');
      await conversations.indexThread({ portal: PORTAL, threadId }, entry);
    },

    /** What was answered 200 and goes nowhere, as the log tells it. */
    ignored: () => lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'ignored'),

    /** The messages that stand in the lane of a conversation, oldest first. */
    async laneOf(conversation: string, queue: Queue = 'visitor-messages', of = ACCOUNT) {
      const entries = await redis.lrange(
        `{${config.REDIS_NAMESPACE}}:lanes:${queue}:lane:${of}/${conversation}`,
        0,
        -1,
      );
      return entries.map(decodeEntry);
    },

    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** A fresh ingress that can already accept. */
export async function startReadyBench(...options: Parameters<typeof startBench>) {
  const bench = await startBench(...options);
  await bench.ready();
  return bench;
}
