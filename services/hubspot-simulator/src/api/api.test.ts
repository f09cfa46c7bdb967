import { describe, expect, test } from '@jest/globals';
import { CHANNEL, CONTACTS, incoming, MESSAGES, setup, THREADS } from '../testing/setup.ts';
import { ALL_SCOPES } from './authenticate.ts';

describe('authentication', () => {
  test('an unknown token is refused with 401 INVALID_AUTHENTICATION', async () => {
    await using it = await setup();
    const answer = await it.call('POST', MESSAGES, incoming(), 'another');
    expect(answer).toMatchObject({ status: 401, body: { status: 'error', category: 'INVALID_AUTHENTICATION' } });
  });

  test.each([['EXPIRED_AUTHENTICATION'], ['INVALID_AUTHENTICATION']] as const)(
    'an expired token is refused with 401 and %s, as the setting has it',
    async (category) => {
      await using it = await setup({ settings: { expiredTokenCategory: category } });
      it.hubspot.grant('old', { expiresAt: Date.now() - 1 });
      const answer = await it.call('POST', MESSAGES, incoming(), 'old');
      expect(answer).toMatchObject({ status: 401, body: { category } });
    },
  );

  test.each([
    ['POST', MESSAGES, 'conversations.custom_channels.write'],
    ['PATCH', `${MESSAGES}/1`, 'conversations.custom_channels.write'],
    ['GET', `${MESSAGES}/1`, 'conversations.custom_channels.read'],
    ['GET', `${THREADS}/1`, 'conversations.read'],
    ['PATCH', `${THREADS}/1`, 'conversations.write'],
    ['GET', `${THREADS}/1/messages`, 'conversations.read'],
    ['POST', `${THREADS}/1/messages`, 'conversations.write'],
    ['POST', CONTACTS, 'crm.objects.contacts.write'],
    ['POST', `${CONTACTS}/batch/upsert`, 'crm.objects.contacts.write'],
    ['PATCH', `${CONTACTS}/1`, 'crm.objects.contacts.write'],
    ['GET', `${CONTACTS}/1`, 'crm.objects.contacts.read'],
  ])('%s %s without the scope %s is refused with 403 MISSING_SCOPES', async (method, path, scope) => {
    await using it = await setup();
    it.hubspot.grant('poor', { scopes: ALL_SCOPES.filter((other) => other !== scope) });
    const { status, body } = await it.call(method, path, method === 'GET' ? undefined : {}, 'poor');
    expect(status).toBe(403);
    expect(body).toMatchObject({
      category: 'MISSING_SCOPES',
      errors: [{ context: { requiredGranularScopes: [scope] } }],
    });
  });

  test('a channel does not exist for the token of another app', async () => {
    await using it = await setup();
    it.hubspot.grant('other-app', { appId: '999' });
    for (const [method, path, body] of [
      ['POST', MESSAGES, incoming()],
      ['GET', `${MESSAGES}/1`, undefined],
      ['PATCH', `${MESSAGES}/1`, { statusType: 'SENT' }],
    ] as const)
      expect(await it.call(method, path, body, 'other-app')).toMatchObject({
        status: 404,
        body: {
          message: `Channel ${CHANNEL} not found`,
          context: { channelId: [CHANNEL] },
          category: 'OBJECT_NOT_FOUND',
          subCategory: 'ChannelIntegrationMessagePublishError.CHANNEL_DOES_NOT_EXIST',
        },
      });
  });
});

describe('the form of a request', () => {
  test('a body that is not JSON is refused with 400, another media type with 415', async () => {
    await using it = await setup();
    expect(await it.call('POST', MESSAGES, '{"text":')).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('Invalid input JSON') },
    });
    const response = await fetch(it.hubspot.url + MESSAGES, {
      method: 'POST',
      headers: { authorization: 'Bearer the-token-of-the-app', 'content-type': 'text/plain' },
      body: JSON.stringify(incoming()),
    });
    expect(response.status).toBe(415);
  });

  test('a path that HubSpot does not have is answered 404, and logged without an operation', async () => {
    await using it = await setup();
    expect((await it.call('GET', '/conversations/custom-channels/2026-03/typing')).status).toBe(404);
    expect(it.hubspot.requests()).toMatchObject([{ status: 404, operation: undefined }]);
  });

  test('each call is logged with its operation, body and status, and never with its token', async () => {
    await using it = await setup();
    await it.publish();
    await it.publish({ text: undefined });
    expect(it.hubspot.requests()).toMatchObject([
      { method: 'POST', path: MESSAGES, operation: 'publish', body: incoming(), status: 201, answered: true },
      { operation: 'publish', status: 400 },
    ]);
    expect(JSON.stringify(it.hubspot.requests())).not.toContain('the-token');
  });
});

describe('the rate limit', () => {
  test('counts down in the headers, and refuses one call too many in the window', async () => {
    await using it = await setup({ settings: { rateLimit: { max: 2, windowMs: 10_000, retryAfterSeconds: 3 } } });
    const first = await it.publish();
    expect(first.headers.get('x-hubspot-ratelimit-max')).toBe('2');
    expect(first.headers.get('x-hubspot-ratelimit-remaining')).toBe('1');
    expect(first.headers.get('x-hubspot-ratelimit-interval-milliseconds')).toBe('10000');
    await it.publish();
    const third = await it.publish();
    expect(third).toMatchObject({
      status: 429,
      body: {
        status: 'error',
        message: 'You have reached your ten_secondly_rolling limit.',
        errorType: 'RATE_LIMIT',
        policyName: 'TEN_SECONDLY_ROLLING',
      },
    });
    expect(third.body).not.toHaveProperty('category');
    expect(third.headers.get('retry-after')).toBe('3');
    expect(it.hubspot.threads()[0]?.messages).toHaveLength(2);
  });

  test('lets a call pass once the window has slid on', async () => {
    await using it = await setup({ settings: { rateLimit: { max: 1, windowMs: 100 } } });
    expect((await it.publish()).status).toBe(201);
    const deadline = Date.now() + 5_000;
    const statuses = [];
    do statuses.push((await it.publish()).status);
    while (statuses.at(-1) !== 201 && Date.now() < deadline);
    expect(statuses.at(0)).toBe(429);
    expect(statuses.at(-1)).toBe(201);
  });

  test('is 110 calls in 10 seconds when not set, and sends no Retry-After', async () => {
    await using it = await setup();
    const statuses = new Set<number>();
    for (let call = 1; call <= 110; call++) statuses.add((await it.publish()).status);
    expect([...statuses]).toEqual([201]);
    const refused = await it.publish();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBeNull();
  });
});
