import type { HubSpot } from '../../portal/hubspot.ts';
import type { OpenHandler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { notFound } from '../errors.ts';

const createdAt = new Date().toISOString();

/** GET settings: where the app's events go. */
export const getEventSettings: OpenHandler = (hubspot) => {
  const { eventsWebhookUrl: targetUrl } = legacyApp(hubspot);
  if (targetUrl === undefined) throw notFound('The app has no webhook settings');
  return ok({ targetUrl, throttling: { maxConcurrentRequests: 10 }, createdAt });
};

/** GET subscriptions: all of them, on one page. */
export const listEventSubscriptions: OpenHandler = (hubspot) =>
  ok({ results: legacyApp(hubspot).subscriptions.map((subscription) => ({ ...subscription, createdAt })) });

/** The guide says that a project's app has no webhooks here, and not in which words. */
function legacyApp({ app }: HubSpot) {
  if (app.kind === 'project') throw notFound(`App ${app.id} not found`);
  return app;
}
