import { TIMEOUT_MS } from '@parley/bot-dispatcher/bot-callback';
import { BOT_ROUTE, MAX_BATCH } from '@parley/ingress/bot-events';
import { KINDS, type ProblemKind } from '@parley/ingress/problem';
import { EventId } from '@parley/shared/contracts/ids';
import { z } from 'zod';
import { componentSchemas, inline, reference } from './openapi-schemas.ts';

/** What the bot and Parley say to each other, as OpenAPI 3.1: made from what they are held to, so that the two cannot differ. */
export const openApiDocument = () => ({
  openapi: '3.1.0',
  info: {
    title: 'Parley',
    version: '1',
    summary: 'Between a bot and the agents in HubSpot',
    description: 'The README says in "Connect your bot" when which event is sent.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '{PUBLIC_URL}', variables: { PUBLIC_URL: { default: 'http://localhost:3000' } } }],
  paths: { [BOT_ROUTE]: { post: sendEvents() } },
  webhooks: { eventToBot: { post: takeEvent() } },
  components: {
    securitySchemes: {
      botToken: { type: 'http', scheme: 'bearer', description: 'The BOT_TOKEN of the bot.' },
    },
    schemas: componentSchemas(),
  },
});

const json = (schema: object, type = 'application/json') => ({ content: { [type]: { schema } } });

const sendEvents = () => ({
  operationId: 'sendEvents',
  summary: 'The bot sends an event, or several in order',
  description:
    'Send an event again, with the same id, until the answer is 2xx: it counts once. On 429 and 5xx later, on 4xx after what `detail` says. One malformed event refuses the whole list.',
  security: [{ botToken: [] }],
  requestBody: {
    required: true,
    ...json({
      oneOf: [
        reference('EventFromBot'),
        { ...inline(z.array(z.unknown()).min(1).max(MAX_BATCH)), items: reference('EventFromBot') },
      ],
    }),
  },
  responses: {
    202: { description: 'Parley has them and delivers them.', ...json(reference('Accepted')) },
    ...refusals('malformed-request', 'invalid-event', 'unauthorized', 'account-disabled'),
    ...refusals('too-large', 'unsupported-media-type', 'internal', 'unavailable'),
  },
});

/** By status, each with the titles of its kinds. */
function refusals(...kinds: ProblemKind[]): Record<string, object> {
  const byStatus = Map.groupBy(kinds, (kind) => KINDS[kind].status);
  return Object.fromEntries(
    [...byStatus].map(([status, theirs]) => [
      status,
      {
        description: theirs.map((kind) => `${KINDS[kind].title}.`).join(' '),
        ...(status === 503 && { headers: { 'Retry-After': { schema: inline(Seconds) } } }),
        ...json(reference('Problem'), 'application/problem+json'),
      },
    ]),
  );
}

const Seconds = z.int().min(0).describe('Seconds.');

const takeEvent = () => ({
  operationId: 'takeEvent',
  summary: "Parley posts an event to the bot's callback address",
  description: `Signed by Standard Webhooks (https://www.standardwebhooks.com) with the bot's BOT_SIGNING_SECRET. Answer within ${TIMEOUT_MS / 1_000} seconds. Answer 2xx to a type that you do not know: a later Parley may say more.`,
  security: [],
  parameters: [
    header('webhook-id', EventId.describe("The event's id: the same at each attempt.")),
    header(
      'webhook-timestamp',
      z.string().regex(/^\d+$/).describe('When this attempt was signed, seconds since 1970.'),
    ),
    header('webhook-signature', z.string().regex(/^v1,/).describe('Of `<webhook-id>.<webhook-timestamp>.<body>`.')),
  ],
  requestBody: { required: true, ...json(reference('EventToBot')) },
  responses: {
    '2XX': { description: 'The bot has it.' },
    409: { description: 'The bot had this `webhook-id` before: it counts as delivered.' },
    410: { description: 'The bot will never take it: it is not tried again.' },
    429: later,
    503: later,
    default: {
      description:
        'Tried again for about a quarter of an hour, as is silence; `handoff.assigned` alone is sent once. Redirects are not followed.',
    },
  },
});

const later = {
  description: 'Tried again, no earlier than `Retry-After` says.',
  headers: { 'Retry-After': { description: 'Seconds, or a date.', schema: inline(z.string()) } },
};

const header = (name: string, schema: z.ZodType) => ({ name, in: 'header', required: true, schema: inline(schema) });
