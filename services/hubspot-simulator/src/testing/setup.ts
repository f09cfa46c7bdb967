import type { IncomingMessage, ServerResponse } from 'node:http';
import { serve } from '@parley/shared/http/serve';
import { startHubSpotSimulator } from '../service.ts';
import type { SimulatorConfig } from '../simulator-config.ts';

export const CLIENT_SECRET = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
export const DEVELOPER_KEY = 'the-key-of-the-developer';
export const TOKEN = 'the-token-of-the-app';
export const CHANNEL = '477835';
export const ACCOUNT = '898158620';
export const MESSAGES = `/conversations/custom-channels/2026-03/${CHANNEL}/messages`;
export const THREADS = '/conversations/v3/conversations/threads';
export const CONTACTS = '/crm/objects/2026-03/contacts';

/** What came back. `body` is parsed JSON, or the text when it is not JSON. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever shape it expects.
  readonly body: any;
}

/** A fresh simulator, and a caller of its API with the seeded token. */
export async function setup(config: Partial<SimulatorConfig> = {}) {
  const hubspot = await startHubSpotSimulator({
    port: 0,
    portalId: '48448169',
    channelId: CHANNEL,
    channelAccountId: ACCOUNT,
    accessToken: TOKEN,
    clientSecret: CLIENT_SECRET,
    developerKey: DEVELOPER_KEY,
    ...config,
  });
  const call = async (method: string, path: string, body?: unknown, token: string = TOKEN): Promise<Answered> => {
    const response = await fetch(hubspot.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  };
  return {
    hubspot,
    call,
    /** With the developer's key in place of a token. */
    asDeveloper: (method: string, path: string, body?: unknown) =>
      call(method, `${path}?hapikey=${DEVELOPER_KEY}&appId=123456`, body),
    publish: (fields: Record<string, unknown> = {}) => call('POST', MESSAGES, incoming(fields)),
    [Symbol.asyncDispose]: () => hubspot[Symbol.asyncDispose](),
  };
}

export const ADA = { type: 'HS_EMAIL_ADDRESS', value: 'ada@example.com' };

/** A publish that satisfies guide and specification both. A field given as undefined is left out. */
export const incoming = (fields: Record<string, unknown> = {}) => ({
  text: 'I need a human',
  messageDirection: 'INCOMING',
  channelAccountId: ACCOUNT,
  integrationThreadId: '0b6f7c0e-6a57-4a10-9d5e-0b2cf1f5c0a1',
  timestamp: '2026-11-02T10:05:00.123Z',
  attachments: [],
  senders: [{ name: 'Ada', deliveryIdentifier: ADA }],
  recipients: [{ deliveryIdentifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'parley' } }],
  ...fields,
});

/** One webhook as it came. */
export interface Received {
  readonly path: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever shape it expects.
  readonly body: any;
}

/** A bridge that takes webhooks at /channel and /events, and answers each with what `answer` gives: 200 by default, null is no answer. */
export async function startReceiver(answer: (received: Received, count: number) => number | null = () => 200) {
  const received: Received[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const text = Buffer.concat(await request.toArray()).toString();
    const one = { path: request.url ?? '', headers: request.headers, text, body: JSON.parse(text) };
    received.push(one);
    const status = answer(one, received.length);
    if (status !== null) response.writeHead(status).end();
  };
  const served = await serve((request, response) => void take(request, response), {
    port: 0,
    host: '127.0.0.1',
    graceMs: 0,
  });
  return {
    addresses: { channelWebhookUrl: `${served.url}/channel`, eventsWebhookUrl: `${served.url}/events` },
    received,
    at: (path: '/channel' | '/events') => received.filter((one) => one.path === path),
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  };
}
