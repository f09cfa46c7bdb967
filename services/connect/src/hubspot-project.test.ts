import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { NEEDED_SUBSCRIPTIONS } from '@parley/shared/hubspot/event-subscriptions';
import { z } from 'zod';
import { SCOPES } from './install.ts';

const read = <T>(path: string, schema: z.ZodType<T>): T =>
  schema.parse(JSON.parse(readFileSync(new URL(`../hubspot-project/src/app/${path}`, import.meta.url), 'utf8')));

const App = z.object({ config: z.object({ auth: z.object({ requiredScopes: z.array(z.string()) }) }) });

const Event = z.object({ subscriptionType: z.string(), propertyName: z.string().optional(), active: z.literal(true) });
const Webhooks = z.object({ config: z.object({ subscriptions: z.object({ hubEvents: z.array(Event) }) }) });

test('the app of the project asks for the scopes that an install asks for: HubSpot refuses any other', () => {
  expect(read('app-hsmeta.json', App).config.auth.requiredScopes).toEqual(SCOPES);
});

test('the webhooks of the project are those that Parley needs', () => {
  const { hubEvents } = read('webhooks/webhooks-hsmeta.json', Webhooks).config.subscriptions;
  const named = hubEvents.map(({ subscriptionType: type, propertyName }) =>
    propertyName ? `${type} ${propertyName}` : type,
  );
  expect(named).toEqual(expect.arrayContaining([...NEEDED_SUBSCRIPTIONS]));
});
