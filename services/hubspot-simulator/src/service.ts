import { fileURLToPath } from 'node:url';
import { serve } from '@parley/shared/http/serve';
import express from 'express';
import { connectedPage } from './api/accounts/connected-page.ts';
import { apiRouter } from './api/api.ts';
import type { Faults } from './api/faults.ts';
import { createFaults } from './api/faults.ts';
import { fileHost } from './api/files/file-host.ts';
import { consentPage } from './api/oauth/consent-page.ts';
import { createRateLimit } from './api/rate-limit.ts';
import type { LoggedRequest } from './api/request-log.ts';
import { createRequestLog } from './api/request-log.ts';
import { controlRouter } from './control/control.ts';
import { inboxView } from './control/inbox-view.ts';
import { liveUpdates } from './control/live-updates.ts';
import { securityHeaders } from './control/security-headers.ts';
import type { Administrator } from './portal/administrator.ts';
import { createAdministrator } from './portal/administrator.ts';
import type { Agent } from './portal/agent.ts';
import { createAgent } from './portal/agent.ts';
import type { App } from './portal/app.ts';
import type { Changes } from './portal/changes.ts';
import { createChanges } from './portal/changes.ts';
import type { StoredFile } from './portal/file-store.ts';
import { allThreads, createHubSpot, findThread, openPortal } from './portal/hubspot.ts';
import type { Channel, ChannelAccount, Contact, Grant, Portal, Thread } from './portal/portal.ts';
import { seed } from './portal/seed.ts';
import type { GivenSettings } from './portal/settings.ts';
import { Settings } from './portal/settings.ts';
import type { PortalConfig, SimulatorConfig } from './simulator-config.ts';
import { appOf, firstChannel } from './simulator-config.ts';
import type { WebhookAddresses, Webhooks } from './webhooks/webhooks.ts';
import { createWebhooks } from './webhooks/webhooks.ts';

/** What is in one account. */
export interface SimulatedPortal {
  readonly portalId: string;
  /** Its channel account, to switch it off and on as an administrator does. */
  readonly account: ChannelAccount;
  readonly threads: () => readonly Thread[];
  readonly contacts: () => readonly Contact[];
}

export interface HubSpotSimulator extends AsyncDisposable {
  /** Where HubSpot's API is, in place of https://api.hubapi.com. */
  readonly url: string;
  readonly inboxUrl: string;
  /** Says where webhooks go, for a bridge whose port is known only after its start. */
  readonly connect: (addresses: WebhookAddresses) => void;
  readonly configure: (settings: GivenSettings) => void;
  /** Those of all portals. */
  readonly threads: () => readonly Thread[];
  /** Throws when there is none. */
  readonly thread: (threadId: string) => Thread;
  /** Those of all portals. */
  readonly contacts: () => readonly Contact[];
  /** Those of all portals. */
  readonly files: () => readonly StoredFile[];
  /** Opens one more account with its own token, inbox and account on the same channel. */
  readonly addPortal: (config: PortalConfig) => SimulatedPortal;
  /** Every call of the API, oldest first. */
  readonly requests: () => readonly LoggedRequest[];
  /** The seeded channel account, to switch it off and on as an administrator does. */
  readonly account: ChannelAccount;
  /** Adds an access token to the first portal, or replaces what one grants. What is not said is as in the configured one. */
  readonly grant: (accessToken: string, grant: Partial<Grant>) => void;
  readonly agent: Agent;
  readonly administrator: Administrator;
  /** Those of the app, in the order of their making. */
  readonly channels: () => readonly Channel[];
  /** The app, whose `redirectUrls` can be set when they are known. */
  readonly app: App;
  readonly faults: Faults;
  /** Midnight in an account: its daily limit begins anew. */
  readonly startDay: (portalId: string) => void;
  readonly webhooks: Pick<Webhooks, 'add' | 'list' | 'clear' | 'release' | 'send' | 'deliveries' | 'settled'>;
  readonly until: Changes['until'];
}

const OPAQUE = { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'parley' } as const;

/** Starts HubSpot, as far as a custom channel sees of it. All it knows is in memory and gone when it is disposed of. */
export async function startHubSpotSimulator(config: SimulatorConfig): Promise<HubSpotSimulator> {
  await using parts = new AsyncDisposableStack();
  const changes = createChanges();
  const settings = Settings.parse({ ...config.settings });
  const channel = firstChannel(config);
  const channels = new Map([[channel.id, channel]]);
  const app = appOf(config);
  const webhooks = parts.use(createWebhooks({ app, settings, changes, channels }));
  const hubspot = createHubSpot({ app, settings, changes, channels, announce: webhooks.announce });
  const addPortal = (given: PortalConfig): SimulatedPortal => {
    const portal = openPortal(hubspot, given.portalId);
    const { accountName = 'Parley', deliveryIdentifier = OPAQUE } = given;
    const account = seed(portal, { ...given, channel, accountName, deliveryIdentifier });
    changes.emit();
    return viewOf(portal, account);
  };
  const { account } = addPortal(config);
  const agent = createAgent(hubspot);
  const administrator = createAdministrator(hubspot);
  const faults = createFaults(changes);
  const log = createRequestLog(changes);
  const view = () => inboxView({ hubspot, faults, webhooks });
  const files = () => [...hubspot.portals.values()].flatMap((portal) => [...portal.files.values()]);
  const configure = (given: GivenSettings) => void Object.assign(settings, Settings.parse({ ...settings, ...given }));

  const web = express();
  web.use(securityHeaders);
  web.use('/inbox', express.static(fileURLToPath(new URL('./inbox-page', import.meta.url))));
  web.get('/', (_request, response) => response.redirect('/inbox/'));
  web.get('/favicon.ico', (_request, response) => response.redirect('/inbox/icon.svg'));
  web.get('/control/stream', liveUpdates(changes, view));
  web.use(
    '/control',
    controlRouter({ agent, administrator, faults, webhooks, log, changes, configure, view, files }, webhooks.connect),
  );
  web.use(fileHost(hubspot), connectedPage(hubspot), consentPage(hubspot));
  const rateLimit = createRateLimit(settings);
  web.use(apiRouter({ hubspot, faults, rateLimit, log }));
  const { port, host = '127.0.0.1' } = config;
  const { url } = parts.use(await serve(web, { port, host, graceMs: 0 }));
  hubspot.fileHost.url = url;

  const running = parts.move();
  return {
    url,
    inboxUrl: `${url}/inbox/`,
    connect: webhooks.connect,
    configure,
    threads: () => allThreads(hubspot),
    thread: (threadId) => findThread(hubspot, threadId).thread,
    contacts: () => [...hubspot.portals.values()].flatMap(({ contacts }) => [...contacts.values()]),
    files,
    addPortal,
    requests: log.list,
    account,
    grant: (accessToken, grant) => {
      const { grants } = hubspot.portals.get(config.portalId) ?? {};
      const all = grants?.get(config.accessToken);
      if (grants && all) grants.set(accessToken, { ...all, ...grant });
    },
    agent,
    administrator,
    channels: () => [...channels.values()],
    app,
    faults,
    startDay: rateLimit.startDay,
    webhooks,
    until: changes.until,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

const viewOf = ({ id, threads, contacts }: Portal, account: ChannelAccount): SimulatedPortal => ({
  portalId: id,
  account,
  threads: () => [...threads.values()],
  contacts: () => [...contacts.values()],
});
