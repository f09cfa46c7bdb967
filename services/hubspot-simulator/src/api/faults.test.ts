import { describe, expect, test } from '@jest/globals';
import { setup, THREADS } from '../testing/setup.ts';

describe('a fault', () => {
  test('answers as many calls of its operation as it was told, and leaves the others alone', async () => {
    await using it = await setup();
    const { body } = await it.publish();
    it.hubspot.faults.answer(500, { operation: 'publish', times: 2 });
    expect((await it.call('GET', `${THREADS}/${body.conversationsThreadId}`)).status).toBe(200);
    expect([(await it.publish()).status, (await it.publish()).status]).toEqual([500, 500]);
    expect((await it.publish()).status).toBe(201);
    expect(it.hubspot.threads()[0]?.messages).toHaveLength(2);
  });

  test.each([
    [401, { category: 'INVALID_AUTHENTICATION' }],
    [403, { category: 'MISSING_SCOPES' }],
    [423, { status: 'error' }],
    [477, { status: 'error' }],
    [500, { status: 'error' }],
  ])("answers %i in the form of HubSpot's errors", async (status, body) => {
    await using it = await setup();
    it.hubspot.faults.answer(status);
    expect(await it.publish()).toMatchObject({ status, body });
  });

  test.each([502, 503, 504])(
    'answers %i with an HTML page, as the machinery in front of HubSpot does',
    async (status) => {
      await using it = await setup();
      it.hubspot.faults.answer(status);
      const answer = await it.publish();
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toContain('text/html');
    },
  );

  test('answers 429 by its policy, with Retry-After only when given', async () => {
    await using it = await setup();
    it.hubspot.faults.answer(429, { policyName: 'DAILY' });
    it.hubspot.faults.answer(429, { retryAfterSeconds: 7 });
    const daily = await it.publish();
    expect(daily).toMatchObject({ status: 429, body: { policyName: 'DAILY' } });
    expect(daily.headers.get('retry-after')).toBeNull();
    expect((await it.publish()).headers.get('retry-after')).toBe('7');
  });

  test('that answers 477 always says when to come again', async () => {
    await using it = await setup();
    it.hubspot.faults.answer(477);
    expect((await it.publish()).headers.get('retry-after')).toMatch(/^\d+$/);
  });

  test('closes the connection before anything is done', async () => {
    await using it = await setup();
    it.hubspot.faults.close();
    await expect(it.publish()).rejects.toThrow('fetch failed');
    expect(it.hubspot.threads()).toEqual([]);
  });

  test('loses the answer after the message is stored', async () => {
    await using it = await setup();
    it.hubspot.faults.loseAnswer({ operation: 'publish' });
    await expect(it.publish({ integrationIdempotencyId: 'msg_1' })).rejects.toThrow('fetch failed');
    expect(it.hubspot.requests()).toMatchObject([{ status: 201, answered: false, fault: 'lose-answer' }]);
    expect((await it.publish({ integrationIdempotencyId: 'msg_1' })).status).toBe(201);
    expect(it.hubspot.threads()).toMatchObject([{ messages: [{ text: 'I need a human' }] }]);
  });

  test('does not answer at all', async () => {
    await using it = await setup();
    it.hubspot.faults.hang();
    const answer = it.publish().catch((error: unknown) => error);
    await it.hubspot.until(() => it.hubspot.requests().length === 1);
    expect((await it.publish()).status).toBe(201);
    expect(it.hubspot.requests()[0]).toMatchObject({ status: undefined, answered: false });
    await it.hubspot[Symbol.asyncDispose]();
    expect(String(await answer)).toContain('TypeError');
  });

  test('answers slowly', async () => {
    await using it = await setup();
    it.hubspot.faults.slow(150);
    const started = performance.now();
    expect((await it.publish()).status).toBe(201);
    expect(performance.now() - started).toBeGreaterThan(145);
  });

  test('keeps HubSpot down until it is told otherwise', async () => {
    await using it = await setup();
    it.hubspot.faults.down();
    it.hubspot.faults.down();
    for (let call = 0; call < 3; call++) expect((await it.publish()).status).toBe(503);
    it.hubspot.faults.up();
    expect((await it.publish()).status).toBe(201);
  });
});
