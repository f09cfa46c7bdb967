import { fileURLToPath } from 'node:url';
import { serve } from '@parley/shared/http/serve';
import express from 'express';
import { apiRouter } from './api/api.ts';
import type { Faults } from './api/faults.ts';
import { createFaults } from './api/faults.ts';
import { createRateLimit } from './api/rate-limit.ts';
import type { LoggedRequest } from './api/request-log.ts';
import { createRequestLog } from './api/request-log.ts';
import { controlRouter } from './control/control.ts';
import { inboxView } from './control/inbox-view.ts';
import { liveUpdates } from './control/live-updates.ts';
import { securityHeaders } from './control/security-headers.ts';
import type { Agent } from './portal/agent.ts';
import { createAgent } from './portal/agent.ts';
import type { Changes } from './portal/changes.ts';
import { createChanges } from './portal/changes.ts';
import type { ChannelAccount, Contact, Grant, Thread } from './portal/portal.ts';
import { createPortal } from './portal/portal.ts';
import { seed } from './portal/seed.ts';
import { defaultSettings, Settings } from './portal/settings.ts';
import type { DeliveryIdentifier } from './portal/wire.ts';
import type { WebhookAddresses, Webhooks } from './webhooks/webhooks.ts';
import { createWebhooks } from './webhooks/webhooks.ts';

export interface SimulatorConfig extends WebhookAddresses {
  /** 0 is "any free one". */
  readonly port: number;
  /** `0.0.0.0` in a container; otherwise only this machine can reach it. */
  readonly host?: string;
  readonly portalId: string;
  readonly appId?: string;
  readonly channelId: string;
  readonly channelAccountId: string;
  readonly accountName?: string;
  readonly deliveryIdentifier?: DeliveryIdentifier;
  readonly accessToken: string;
  /** Signs the webhooks. */
  readonly clientSecret: string;
  readonly settings?: Partial<Settings>;
}

export interface HubSpotSimulator extends AsyncDisposable {
  /** Where HubSpot's API is, in place of https://api.hubapi.com. */
  readonly url: string;
  readonly inboxUrl: string;
  /** Says where webhooks go, for a bridge whose port is known only after its start. */
  readonly connect: (addresses: WebhookAddresses) => void;
  readonly configure: (settings: Partial<Settings>) => void;
  readonly threads: () => readonly Thread[];
  /** Throws when there is none. */
  readonly thread: (threadId: string) => Thread;
  readonly contacts: () => readonly Contact[];
  /** Every call of the API, oldest first. */
  readonly requests: () => readonly LoggedRequest[];
  /** The seeded channel account, to switch it off and on as an administrator does. */
  readonly account: ChannelAccount;
  /** Adds an access token, or replaces what one grants. */
  readonly grant: (accessToken: string, grant: Partial<Grant>) => void;
  readonly agent: Agent;
  readonly faults: Faults;
  readonly webhooks: Pick<Webhooks, 'add' | 'list' | 'clear' | 'release' | 'send' | 'deliveries' | 'settled'>;
  readonly until: Changes['until'];
}

const OPAQUE = { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'parley' } as const;

/** Starts HubSpot, as far as a custom channel sees of it. All it knows is in memory and gone when it is disposed of. */
export async function startHubSpotSimulator(config: SimulatorConfig): Promise<HubSpotSimulator> {
  await using parts = new AsyncDisposableStack();
  const changes = createChanges();
  const settings = { ...defaultSettings(), ...config.settings };
  const webhooks = parts.use(createWebhooks({ settings, changes, clientSecret: config.clientSecret }));
  webhooks.connect(config);
  const portal = createPortal(config.portalId, { settings, changes, announce: webhooks.announce });
  const { appId = '123456', accountName = 'Parley', deliveryIdentifier = OPAQUE } = config;
  const account = seed(portal, { ...config, appId, accountName, deliveryIdentifier });
  const agent = createAgent(portal);
  const faults = createFaults(changes);
  const log = createRequestLog(changes);
  const view = () => inboxView({ portal, faults, webhooks });
  const configure = (given: Partial<Settings>) =>
    void Object.assign(settings, Settings.parse({ ...settings, ...given }));

  const app = express();
  app.use(securityHeaders);
  app.use('/inbox', express.static(fileURLToPath(new URL('./inbox-page', import.meta.url))));
  app.get('/', (_request, response) => response.redirect('/inbox/'));
  app.get('/control/stream', liveUpdates(changes, view));
  app.use('/control', controlRouter({ agent, faults, webhooks, log, changes, configure, view }, webhooks.connect));
  app.use(apiRouter({ portal, faults, rateLimit: createRateLimit(settings), log }));
  const { port, host = '127.0.0.1' } = config;
  const { url } = parts.use(await serve(app, { port, host, graceMs: 0 }));

  const running = parts.move();
  return {
    url,
    inboxUrl: `${url}/inbox/`,
    connect: webhooks.connect,
    configure,
    threads: () => [...portal.threads.values()],
    thread: (threadId) => {
      const thread = portal.threads.get(threadId);
      if (!thread) throw new Error(`there is no thread ${threadId}`);
      return thread;
    },
    contacts: () => [...portal.contacts.values()],
    requests: log.list,
    account,
    grant: (accessToken, grant) => {
      const all = portal.grants.get(config.accessToken);
      if (all) portal.grants.set(accessToken, { ...all, ...grant });
    },
    agent,
    faults,
    webhooks,
    until: changes.until,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
