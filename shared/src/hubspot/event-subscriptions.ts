import { z } from 'zod';
import { askHubSpot, readAnswer, SetUpError } from './channels-calls.ts';

const Settings = z.object({ targetUrl: z.string() });

const Subscription = z.object({ eventType: z.string(), propertyName: z.string().nullish(), active: z.boolean() });

/** What an app is told of its accounts' conversations. */
export interface EventSubscriptions {
  /** The address that they go to, all of them. */
  readonly targetUrl: string;
  /** Those that are switched on: the type of event, and for changes the property. */
  readonly active: readonly string[];
}

/** What the bridge has to be told of: threads that are closed, gone, or given to an agent. */
export const NEEDED_SUBSCRIPTIONS: readonly string[] = [
  'conversation.propertyChange status',
  'conversation.propertyChange isArchived',
  'conversation.propertyChange assignedTo',
  'conversation.deletion',
  'conversation.privacyDeletion',
];

export interface DeveloperAccess {
  readonly apiUrl: string;
  /** Of the developer account; no portal's token opens these calls. */
  readonly developerKey: string;
  readonly appId: string;
  /** Of each call. */
  readonly timeoutMs: number;
}

/**
 * The event subscriptions of an app. Undefined where HubSpot does not tell: the app has none, or is of a developer project, whose
 * files say it (https://developers.hubspot.com/docs/api-reference/latest/webhooks/guide). Throws a `SetUpError`.
 */
export async function eventSubscriptionsOf(access: DeveloperAccess): Promise<EventSubscriptions | undefined> {
  const secrets = [access.developerKey];
  const ask = <T>(what: string, schema: z.ZodType<T>) => {
    const path = `/webhooks/2026-03/${access.appId}/${what}`;
    const query = { hapikey: access.developerKey };
    return readAnswer(askHubSpot(access, { method: 'GET', path, query, secrets }), schema, secrets);
  };
  try {
    const [{ targetUrl }, { results }] = await Promise.all([
      ask('settings', Settings),
      ask('subscriptions', z.object({ results: z.array(Subscription) })),
    ]);
    const active = results.filter((subscription) => subscription.active);
    return {
      targetUrl,
      active: active.map(({ eventType, propertyName }) => [eventType, propertyName].filter(Boolean).join(' ')),
    };
  } catch (error) {
    if (error instanceof SetUpError && UNTOLD.has(error.problem)) return undefined;
    throw error;
  }
}

const UNTOLD = new Set<SetUpError['problem']>(['absent', 'permission']);
