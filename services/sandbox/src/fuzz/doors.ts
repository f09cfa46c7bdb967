import { shape } from '@parley/connect/config';
import { startConnect } from '@parley/connect/service';
import { startDashboard } from '@parley/dashboard/service';
import { startIngress } from '@parley/ingress/service';
import type { ParleyConfig } from '@parley/parley/config';
import { loadConfig } from '@parley/shared/config/load-config';
import { ConversationId, EventId, handoffIdOf, ThreadId } from '@parley/shared/contracts/ids';
import { createLogger } from '@parley/shared/logging/logger';
import { connectPatient } from '@parley/shared/redis/connect';
import { createTelemetry, type Telemetry } from '@parley/shared/telemetry/telemetry';
import { freePort } from '@parley/shared/testing/free-port';
import { type Sandbox, startSandbox } from '../sandbox.ts';
import { openKept } from './kept.ts';

export type Doors = Awaited<ReturnType<typeof openDoors>>;

const KNOWN_THREAD = ThreadId.parse('176347007');

const SECRETS = [
  'HUBSPOT_CLIENT_SECRET',
  'HUBSPOT_ACCESS_TOKEN',
  'HUBSPOT_WEBHOOK_TOKEN',
  'DASHBOARD_PASSWORD',
  'SEAL_KEYS',
];

/** Everything of Parley's that listens, without the workers: what was accepted stays in its lane, to be looked at. */
export async function openDoors({ redisUrl, namespace }: { redisUrl: string; namespace: string }) {
  await using stack = new AsyncDisposableStack();
  const settings = { HUBSPOT_SIGNATURES: 'v3,v2,v1' };
  const sandbox = stack.use(await startSandbox({ redisUrl, namespace, parley: withoutWorkers, settings }));
  const { parley, environment, simulator, secrets, account } = sandbox;
  const setting = (name: string): string => environment[name] ?? '';
  const connect = stack.use(await startPages(sandbox));
  const redis = stack.adopt(connectPatient(redisUrl), (connection) => connection.disconnect());
  await redis.connect();
  await knowThread(sandbox);
  const kept = stack.use(openKept({ redis, namespace }));

  const opened = stack.move();
  return {
    ingressUrl: parley.ingressUrl,
    dashboardUrl: parley.dashboardUrl,
    connectUrl: connect.url,
    administrator: simulator.administrator,
    /** What HubSpot opens when an administrator picks the channel for an inbox. */
    popup() {
      const channelId = setting('HUBSPOT_CHANNEL_ID');
      for (const channel of simulator.channels())
        channel.channelAccountConnectionRedirectUrl = `${connect.url}/connect`;
      const inboxId = simulator.administrator.addInbox(account.portal, { name: 'Sales', type: 'INBOX' });
      return new URL(simulator.administrator.connectChannel(account.portal, { channelId, inboxId }));
    },
    setting,
    botToken: secrets.token,
    /** What no answer may hold. */
    secrets: [secrets.token, secrets.signingSecret, ...SECRETS.map(setting)],
    /** Of an account that has a bot, and a thread in it that belongs to a handoff. */
    ids: {
      portalId: account.portal,
      channelId: setting('HUBSPOT_CHANNEL_ID'),
      channelAccountId: account.account,
      threadId: KNOWN_THREAD,
    },
    kept,
    /** Was the app installed since this was last asked? */
    takeInstall: async () => (await redis.del(`${namespace}:installs`)) > 0,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function withoutWorkers(config: ParleyConfig, { telemetry }: { telemetry: Telemetry }) {
  await using stack = new AsyncDisposableStack();
  const ingress = stack.use(await startIngress(config, { telemetry }));
  const dashboard = stack.use(await startDashboard(config, { telemetry }));
  const opened = stack.move();
  return {
    ingressUrl: ingress.url,
    dashboardUrl: dashboard.url,
    ready: ingress.ready,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** The pages on which an account installs the app. */
async function startPages({ environment, simulator, account }: Sandbox) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  simulator.app.redirectUrls = [`${url}/oauth/callback`];
  const config = loadConfig(shape, {
    ...environment,
    INSTALL_PORTALS: account.portal,
    CONNECT_PORT: `${port}`,
    CONNECT_URL: url,
    HUBSPOT_AUTHORIZE_URL: `${simulator.url}/oauth/authorize`,
  });
  return startConnect(config, { telemetry: createTelemetry(createLogger({ service: 'connect', level: 'silent' })) });
}

/** As the publisher does when it opens a handoff. */
async function knowThread({ account: { portal, account }, conversations }: Sandbox): Promise<void> {
  const conversation = ConversationId.parse('known');
  const handoff = { account, conversation, handoffId: handoffIdOf(account, EventId.parse('known')) };
  await conversations.begin(handoff, { visitor: {} });
  await conversations.indexThread({ portal, threadId: KNOWN_THREAD }, handoff);
}
