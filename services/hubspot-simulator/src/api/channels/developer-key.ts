import type { HubSpot } from '../../portal/hubspot.ts';
import type { OpenCall } from '../api-call.ts';
import { HubSpotError, notFound } from '../errors.ts';

/** HubSpot was seen to say this of a malformed body too. */
export const invalidKey = (): HubSpotError =>
  new HubSpotError(401, {
    message: 'The API key provided is invalid. View or manage your API key here: https://app.hubspot.com/l/api-key/',
    category: 'INVALID_AUTHENTICATION',
    links: { 'api key': 'https://app.hubspot.com/l/api-key/' },
  });

/** Channels themselves belong to the developer: `hapikey` and `appId` in the query, and no token instead. */
export function requireDeveloper(hubspot: HubSpot, call: Omit<OpenCall, 'body'>): void {
  requireKey(hubspot, call);
  requireApp(hubspot, call.query.get('appId'));
}

/** The same where the path names the app. */
export function requireDeveloperOfPath(hubspot: HubSpot, call: Omit<OpenCall, 'body'>): void {
  requireKey(hubspot, call);
  requireApp(hubspot, call.params.appId);
}

function requireKey({ app }: HubSpot, { query, authorization }: Omit<OpenCall, 'body'>): void {
  const key = query.get('hapikey');
  if (key === null && authorization !== undefined)
    throw new HubSpotError(403, {
      message:
        "The scope needed for this API call isn't available for public use. If you have questions, contact support or post in our developer forum.",
      category: 'MISSING_SCOPES',
      links: { support: 'https://help.hubspot.com/' },
    });
  if (key !== app.developerKey) throw invalidKey();
}

function requireApp({ app }: HubSpot, appId: string | null | undefined): void {
  if (appId !== app.id) throw notFound(`App ${appId} not found`, { appId: [String(appId)] });
}
