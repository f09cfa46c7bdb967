import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { ChannelAccountId, ChannelId, EventId, HandoffId, MessageId, PortalId, ThreadId } from '../contracts/ids.ts';
import { type Reply, startAnsweringServer } from '../testing/answering-server.ts';
import { staticToken } from './access-token.ts';
import { createHubSpotClient } from './client.ts';
import { noOutages, openBudget } from './open-budget.ts';
import type { Grant } from './rate-budget.ts';

const TOKEN = 'token-that-nobody-may-read';
const HANDOFF = HandoffId.parse('0b6f7c0e-6a57-4a10-9d5e-0b2cf1f5c0a1');
const THREAD = ThreadId.parse('176347007');

const WORDS = {
  handoffId: HANDOFF,
  eventId: EventId.parse('event-1'),
  text: 'my dog ate the invoice',
  sender: { name: 'Ada Lovelace', identifier: { kind: 'email', value: 'ada@example.com' } },
  sentAt: '2026-11-02T11:05:00.123+01:00',
} as const;

const STORED = { id: '3ad3474b08dd408ca57a8454e355e942', conversationsThreadId: '176347007' };

interface Setup {
  readonly accessToken?: string;
  /** `probe`: the portal was paused, and each call is the first one after. */
  readonly grant?: Grant;
}

async function setup({ accessToken = TOKEN, grant = 'granted' }: Setup, ...replies: [Reply, ...Reply[]]) {
  const hubspot = await startAnsweringServer(...replies);
  const blocks: number[] = [];
  const pauses: string[] = [];
  const taken: string[] = [];
  const client = createHubSpotClient({
    apiUrl: hubspot.url,
    apiVersion: '2026-03',
    tokens: staticToken(accessToken),
    portalId: PortalId.parse('48448169'),
    channelId: ChannelId.parse('477835'),
    channelAccountId: ChannelAccountId.parse('898158620'),
    timeoutMs: 200,
    outages: noOutages,
    budget: openBudget({
      take: async (portal) => {
        taken.push(portal);
        return grant;
      },
      block: async (_portal, { forMs, why }) => {
        blocks.push(forMs);
        pauses.push(`goes on: ${why}`);
      },
      open: async () => void pauses.push('over'),
      stateOf: async (portalId) => ({ portalId, since: 0, until: 0, why: 'too many calls (429)' }),
    }),
  });
  return {
    client,
    heard: hubspot.heard,
    givenUp: hubspot.givenUp,
    blocks,
    pauses,
    taken,
    [Symbol.asyncDispose]: () => hubspot[Symbol.asyncDispose](),
  };
}

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('the call was expected to fail');
    },
    (failure: unknown) => failure,
  );

describe('publishing the words of a visitor', () => {
  test('opens the thread of the handoff in the name of the visitor', async () => {
    await using hubspot = await setup({}, { status: 201, body: STORED });
    const published = await hubspot.client.publishMessage(WORDS);
    expect(published).toEqual({ outcome: 'published', threadId: '176347007', messageId: STORED.id });
    expect(hubspot.heard).toMatchObject([
      {
        method: 'POST',
        url: '/conversations/custom-channels/2026-03/477835/messages',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      },
    ]);
    expect(hubspot.heard[0]?.body).toEqual({
      text: 'my dog ate the invoice',
      messageDirection: 'INCOMING',
      channelAccountId: '898158620',
      integrationThreadId: HANDOFF,
      integrationIdempotencyId: 'event-1',
      timestamp: '2026-11-02T10:05:00.123Z',
      attachments: [],
      recipients: [],
      senders: [{ name: 'Ada Lovelace', deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS', value: 'ada@example.com' } }],
    });
  });

  test('leaves out the name of a visitor who gave none, since HubSpot refuses null', async () => {
    await using hubspot = await setup({}, { status: 200, body: STORED });
    await hubspot.client.publishMessage({ ...WORDS, sender: { identifier: { kind: 'opaque', value: 'visitor-7' } } });
    expect(hubspot.heard[0]?.body).toMatchObject({
      senders: [{ deliveryIdentifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'visitor-7' } }],
    });
    expect(JSON.stringify(hubspot.heard[0]?.body)).not.toContain('name');
  });

  test('reads the thread when HubSpot answers a repeat with the old message', async () => {
    await using hubspot = await setup({}, { status: 200, body: STORED });
    await expect(hubspot.client.publishMessage(WORDS)).resolves.toMatchObject({
      outcome: 'published',
      threadId: THREAD,
    });
  });

  test('takes a 409 for the repeat of a stored message, and says that the thread is not known', async () => {
    await using hubspot = await setup({}, { status: 409, body: { message: 'exists', category: 'CONFLICT' } });
    await expect(hubspot.client.publishMessage(WORDS)).resolves.toEqual({ outcome: 'duplicate' });
  });

  test('is not certain about a 201 that cannot be read', async () => {
    await using hubspot = await setup({}, { status: 201, body: { id: 'x' } });
    await expect(hubspot.client.publishMessage(WORDS)).rejects.toMatchObject({
      name: 'RetryableError',
      certain: false,
      message:
        'HubSpot answered 201, but unreadably: conversationsThreadId (publish event event-1 of handoff 0b6f7c0e-6a57-4a10-9d5e-0b2cf1f5c0a1)',
    });
  });

  test('does not follow a redirect, which would turn the words into a GET', async () => {
    await using hubspot = await setup({}, { status: 302, headers: { location: '/elsewhere' } });
    await expect(hubspot.client.publishMessage(WORDS)).rejects.toMatchObject({
      name: 'RetryableError',
      scope: 'portal',
    });
    expect(hubspot.heard).toHaveLength(1);
  });
});

describe('a HubSpot that does not answer', () => {
  test.each<['hang' | 'stall']>([['hang'], ['stall']])(
    'that plays "%s" fails within the bound, uncertainly, and its socket is given up',
    async (reply) => {
      await using hubspot = await setup({}, reply);
      const failure = await failureOf(hubspot.client.publishMessage(WORDS));
      expect(failure).toMatchObject({ name: 'RetryableError', scope: 'message', certain: false });
      expect(failure).toHaveProperty('message', expect.stringContaining('no answer within 200 ms'));
      await hubspot.givenUp;
    },
  );

  test('that hangs on a contact fails within the bound too', async () => {
    await using hubspot = await setup({}, 'hang');
    const failure = await failureOf(hubspot.client.upsertContact({ email: 'ada@example.com' }));
    expect(failure).toMatchObject({ name: 'RetryableError', certain: false });
    await hubspot.givenUp;
  });

  test('that cuts the connection after taking the message may have stored it', async () => {
    await using hubspot = await setup({}, 'reset');
    const failure = await failureOf(hubspot.client.publishMessage(WORDS));
    expect(failure).toMatchObject({ name: 'RetryableError', certain: false });
    expect(hubspot.heard).toHaveLength(1);
  });

  test('that refuses the connection has certainly not stored it', async () => {
    const hubspot = await setup({}, { status: 201 });
    await hubspot[Symbol.asyncDispose](); // nobody listens any more
    await expect(hubspot.client.publishMessage(WORDS)).rejects.toMatchObject({ name: 'RetryableError', certain: true });
  });
});

describe('the rate budget', () => {
  test('is taken before each request of any kind', async () => {
    const conflict = { status: 409, body: { message: 'Contact already exists. Existing ID: 3401' } };
    await using hubspot = await setup({}, conflict, { status: 200, body: { id: '3401' } });
    await hubspot.client.upsertContact({ email: 'ada@example.com', name: 'Ada' });
    expect(hubspot.heard).toHaveLength(2);
    expect(hubspot.taken).toEqual(['48448169', '48448169']);
  });

  test('is blocked for everybody by a 429, for as long as HubSpot says', async () => {
    await using hubspot = await setup({}, { status: 429, headers: { 'retry-after': '7' }, body: {} });
    await expect(hubspot.client.closeThread(THREAD)).rejects.toMatchObject({ scope: 'portal', retryAfterMs: 7_000 });
    expect(hubspot.blocks).toEqual([7_000]);
  });
});

describe('a pause of the portal', () => {
  test.each<[Reply & object]>([[{ status: 200, body: {} }], [{ status: 400, body: {} }], [{ status: 503, body: {} }]])(
    'is over when HubSpot answers the first call after it: %j',
    async (reply) => {
      await using hubspot = await setup({ grant: 'probe' }, reply);
      await hubspot.client.closeThread(THREAD).catch((failure: unknown) => failure);
      expect(hubspot.pauses).toEqual(['over']);
    },
  );

  test.each<[Reply]>([['hang'], ['stall'], ['reset']])(
    'goes on for the reason it had when HubSpot says nothing to the first call after it: %j',
    async (reply) => {
      await using hubspot = await setup({ grant: 'probe' }, reply);
      await expect(hubspot.client.closeThread(THREAD)).rejects.toMatchObject({ scope: 'message' });
      expect(hubspot.pauses).toEqual(['goes on: too many calls (429)']);
    },
  );
});

describe('threads', () => {
  test('a comment carries its text, and attachments though it has none', async () => {
    await using hubspot = await setup({}, { status: 201, body: { id: 'c1' } });
    await hubspot.client.postComment(THREAD, 'what was said before');
    expect(hubspot.heard).toMatchObject([
      { method: 'POST', url: '/conversations/v3/conversations/threads/176347007/messages' },
    ]);
    expect(hubspot.heard[0]?.body).toEqual({ type: 'COMMENT', text: 'what was said before', attachments: [] });
  });

  test('a comment is found on a later page, by its marker', async () => {
    const first = {
      results: [{ type: 'ASSIGNMENT' }, { type: 'MESSAGE', text: 'ref 1' }],
      paging: { next: { after: 'a b' } },
    };
    const second = { results: [{ type: 'COMMENT', text: 'ref 1: transcript' }] };
    await using hubspot = await setup({}, { status: 200, body: first }, { status: 200, body: second });
    await expect(hubspot.client.findComment(THREAD, 'ref 1')).resolves.toBe(true);
    expect(hubspot.heard.map(({ url }) => url)).toEqual([
      '/conversations/v3/conversations/threads/176347007/messages?sort=-createdAt&limit=100',
      '/conversations/v3/conversations/threads/176347007/messages?sort=-createdAt&limit=100&after=a+b',
    ]);
  });

  test('a thread without end is looked through for five pages', async () => {
    await using hubspot = await setup({}, { status: 200, body: { results: [], paging: { next: { after: '1' } } } });
    await expect(hubspot.client.findComment(THREAD, 'ref 1')).resolves.toBe(false);
    expect(hubspot.heard).toHaveLength(5);
  });

  test('closing sets the status and nothing else', async () => {
    await using hubspot = await setup({}, { status: 200, body: {} });
    await hubspot.client.closeThread(THREAD);
    expect(hubspot.heard).toMatchObject([
      { method: 'PATCH', url: '/conversations/v3/conversations/threads/176347007', body: { status: 'CLOSED' } },
    ]);
  });
});

describe('delivery reports', () => {
  const messageId = MessageId.parse('aa11/..');

  test.each([
    [{ status: 'sent', messageId } as const, { statusType: 'SENT' }],
    [{ status: 'read', messageId } as const, { statusType: 'READ' }],
    [
      { status: 'failed', messageId, reason: 'the bot is gone' } as const,
      { statusType: 'FAILED', errorMessage: 'the bot is gone' },
    ],
  ])('%j', async (report, body) => {
    await using hubspot = await setup({}, { status: 200, body: {} });
    await hubspot.client.reportDelivery(report);
    expect(hubspot.heard).toMatchObject([
      { method: 'PATCH', url: '/conversations/custom-channels/2026-03/477835/messages/aa11%2F..' },
    ]);
    expect(hubspot.heard[0]?.body).toEqual(body);
  });
});

test.each(['token\nwith a line end', 'tökén…'])(
  'a token that cannot be sent is not told to anybody',
  async (accessToken) => {
    await using hubspot = await setup({ accessToken }, { status: 200, body: {} });
    const failure = await failureOf(hubspot.client.closeThread(THREAD));
    expect(failure).toMatchObject({ name: 'RetryableError', certain: false });
    expect(inspect(failure, { depth: 10 })).not.toContain(accessToken.slice(0, 5));
  },
);

test('a refusal repeats neither the token nor the visitor', async () => {
  const message = `ADA LOVELACE (ada@example.com) said "my dog ate the invoice" with ${TOKEN}`;
  await using hubspot = await setup({}, { status: 400, body: { message } });
  const failure = await failureOf(hubspot.client.publishMessage(WORDS));
  expect(failure).toHaveProperty(
    'message',
    expect.stringContaining('[private] ([private]) said "[private]" with [private]'),
  );
  expect(inspect(failure, { depth: 10 })).not.toMatch(/lovelace|example\.com|my dog|nobody/i);
});
