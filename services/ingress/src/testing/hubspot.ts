import { createHash, createHmac } from 'node:crypto';

export const HANDOFF = '0b6f7c0e-6a57-4a10-9d5e-0b2cf1f5c0a1';

/** An agent's words as HubSpot sends them to the channel. */
export const agentWebhook = (message: Record<string, unknown> = {}, outer: Record<string, unknown> = {}) => ({
  type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
  portalId: '48448169',
  channelId: '477835',
  eventTimestamp: '2026-11-02T10:07:00.000Z',
  eventId: 'f2d1',
  channelIntegrationThreadIds: [HANDOFF],
  message: {
    type: 'MESSAGE',
    id: 'aa11',
    channelId: '477835',
    channelAccountId: '898158620',
    conversationsThreadId: '176347007',
    createdAt: '2026-11-02T10:06:59.800Z',
    createdBy: 'A-2620022',
    senders: [{ actorId: 'A-2620022', name: 'Leslie K' }],
    recipients: [{ actorId: 'V-1401', name: 'Ada' }],
    text: 'Hi Ada',
    direction: 'OUTGOING',
    status: { statusType: 'SENT' },
    attachments: [],
    ...message,
  },
  ...outer,
});

/** A thread that an agent closed, as HubSpot tells the app. */
export const closedEvent = (changes: Record<string, unknown> = {}) => ({
  eventId: 1_760_000_001,
  subscriptionId: 2233,
  portalId: 48_448_169,
  occurredAt: 1_793_613_000_000,
  subscriptionType: 'conversation.propertyChange',
  objectId: 176_347_007,
  propertyName: 'status',
  propertyValue: 'CLOSED',
  ...changes,
});

export interface Signing {
  readonly clientSecret: string;
  readonly url: string;
  readonly body: Buffer;
  /** Milliseconds since 1970, or what stands in their place. */
  readonly at: number | string;
}

/** The headers of each version, by HubSpot's page "Validating requests"; written apart from the verifier. */
export const SIGNED = {
  v3: ({ clientSecret, url, body, at }: Signing) => ({
    'x-hubspot-request-timestamp': String(at),
    'x-hubspot-signature-v3': createHmac('sha256', clientSecret)
      .update(Buffer.concat([Buffer.from(`POST${url}`), body, Buffer.from(String(at))]))
      .digest('base64'),
  }),
  v2: ({ clientSecret, url, body }: Signing) => ({
    'x-hubspot-signature-version': 'v2',
    'x-hubspot-signature': sha256(Buffer.concat([Buffer.from(`${clientSecret}POST${url}`), body])),
  }),
  v1: ({ clientSecret, body }: Signing) => ({
    'x-hubspot-signature-version': 'v1',
    'x-hubspot-signature': sha256(Buffer.concat([Buffer.from(clientSecret), body])),
  }),
  none: () => ({}),
};

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
