import type { EventSubscription } from './subscriptions.ts';

/** The one app of this HubSpot, as its developer's account knows it. */
export interface App {
  readonly id: string;
  /** One per developer account; opens the channel's own endpoints. */
  readonly developerKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly requiredScopes: readonly string[];
  readonly optionalScopes: readonly string[];
  /** Where a consent may lead back to. Nowhere else does it. */
  redirectUrls: readonly string[];
  /** Where its events go; a channel's own webhooks go elsewhere. */
  eventsWebhookUrl: string | undefined;
  subscriptions: EventSubscription[];
  /** The webhooks of a `project` are told in its files; the API that tells them knows `legacy` apps only. */
  kind: 'legacy' | 'project';
}
