import { randomUUID } from 'node:crypto';
import { ALL_SCOPES } from './api/authenticate.ts';
import type { App } from './portal/app.ts';
import type { Channel } from './portal/portal.ts';
import { CAPABILITIES } from './portal/seed.ts';
import type { GivenSettings } from './portal/settings.ts';
import { allSubscriptions } from './portal/subscriptions.ts';
import type { DeliveryIdentifier } from './portal/wire.ts';
import type { WebhookAddresses } from './webhooks/webhooks.ts';

export interface SimulatorConfig extends PortalConfig, WebhookAddresses {
  /** 0 is "any free one". */
  readonly port: number;
  /** `0.0.0.0` in a container; otherwise only this machine can reach it. */
  readonly host?: string;
  readonly appId?: string;
  /** Opens the endpoints of channels, as `hapikey`. */
  readonly developerKey?: string;
  readonly clientId?: string;
  readonly requiredScopes?: readonly string[];
  readonly optionalScopes?: readonly string[];
  /** Where a consent may lead back to; nowhere when not given. */
  readonly redirectUrls?: readonly string[];
  readonly channelId: string;
  /** Replaces single ones of the channel's capabilities. */
  readonly capabilities?: Record<string, unknown>;
  /** Signs the webhooks. */
  readonly clientSecret: string;
  readonly settings?: GivenSettings;
}

/** One HubSpot account, with one inbox that the app's channel is connected to. */
export interface PortalConfig {
  readonly portalId: string;
  readonly accessToken: string;
  readonly channelAccountId: string;
  readonly accountName?: string;
  readonly deliveryIdentifier?: DeliveryIdentifier;
  /** `INBOX` when not given. */
  readonly inboxType?: 'INBOX' | 'HELP_DESK';
}

/** The channel that is there from the start. */
export const firstChannel = ({
  channelId,
  appId = '123456',
  accountName = 'Parley',
  ...config
}: SimulatorConfig): Channel => ({
  id: channelId,
  appId,
  createdAt: new Date().toISOString(),
  visibleAt: 0,
  name: accountName,
  capabilities: { ...CAPABILITIES, ...config.capabilities },
  webhookUrl: config.channelWebhookUrl,
  channelAccountConnectionRedirectUrl: undefined,
  channelDescription: undefined,
  channelLogoUrl: undefined,
});

/** The app as its developer registered it. */
export const appOf = ({ appId = '123456', ...config }: SimulatorConfig): App => ({
  id: appId,
  developerKey: config.developerKey ?? randomUUID(),
  clientId: config.clientId ?? randomUUID(),
  clientSecret: config.clientSecret,
  requiredScopes: config.requiredScopes ?? ALL_SCOPES.filter((scope) => scope !== 'files'),
  optionalScopes: config.optionalScopes ?? ['files'],
  redirectUrls: config.redirectUrls ?? [],
  eventsWebhookUrl: config.eventsWebhookUrl,
  subscriptions: allSubscriptions(),
  kind: 'legacy',
});
