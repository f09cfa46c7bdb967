import { describe, expect, test } from '@jest/globals';
import type { GivenSettings } from '../portal/settings.ts';
import { CONTACTS, setup, THREADS } from '../testing/setup.ts';

const search = { filterGroups: [], properties: [], sorts: [], limit: 1, after: '0' };

/** A simulator with two portals, and a caller of each. */
async function twoPortals(rateLimit: GivenSettings['rateLimit']) {
  const it = await setup();
  it.hubspot.configure({ rateLimit });
  it.hubspot.addPortal({ portalId: '55', accessToken: 'of-55', channelAccountId: '777' });
  const read = (token?: string) => it.call('GET', THREADS, undefined, token);
  return { ...it, read, [Symbol.asyncDispose]: it[Symbol.asyncDispose] };
}

describe('the limits of a portal', () => {
  test('are its own: another portal goes on', async () => {
    await using it = await twoPortals({ max: 1 });
    await it.read();
    expect((await it.read()).body.policyName).toBe('TEN_SECONDLY_ROLLING');
    expect((await it.read('of-55')).status).toBe(200);
  });

  test('can be daily: told in the headers, refused as DAILY, and anew after midnight', async () => {
    await using it = await twoPortals({ daily: 2 });
    const first = await it.read();
    expect(first.headers.get('x-hubspot-ratelimit-daily')).toBe('2');
    expect(first.headers.get('x-hubspot-ratelimit-daily-remaining')).toBe('1');
    await it.read();
    const refused = await it.read();
    expect(refused).toMatchObject({
      status: 429,
      body: { message: 'You have reached your daily limit.', errorType: 'RATE_LIMIT', policyName: 'DAILY' },
    });
    expect((await it.read('of-55')).status).toBe(200);
    it.hubspot.startDay('48448169');
    expect((await it.read()).status).toBe(200);
  });

  test('of a marketplace app are not daily, and no header says so', async () => {
    await using it = await setup();
    expect((await it.call('GET', THREADS)).headers.has('x-hubspot-ratelimit-daily')).toBe(false);
  });

  test('count searches for themselves, by the second and without headers', async () => {
    await using it = await twoPortals({ max: 1, searchMax: 2, searchWindowMs: 10_000 });
    await it.read();
    const answers = [];
    for (let call = 1; call <= 3; call++) answers.push(await it.call('POST', `${CONTACTS}/search`, search));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[0]?.headers.has('x-hubspot-ratelimit-max')).toBe(false);
    expect(answers[2]?.body).toMatchObject({
      message: 'You have reached your secondly limit.',
      policyName: 'SECONDLY',
    });
    expect((await it.call('POST', `${CONTACTS}/search`, search, 'of-55')).status).toBe(200);
  });

  test.each([
    ['uncounted', 200],
    ['counted', 429],
  ] as const)('leave refused requests %s, as the setting has it', async (refused, status) => {
    await using it = await twoPortals({ max: 1, windowMs: 400, refused });
    await it.read();
    const end = Date.now() + 500;
    let last: number;
    do last = (await it.read()).status;
    while (Date.now() < end && last === 429);
    expect(last).toBe(status);
  });

  test.each([
    [477, '10'],
    [423, null],
  ])('are not the only reason to wait: one portal can be told %d', async (status, retryAfter) => {
    await using it = await twoPortals({});
    it.hubspot.faults.answer(status, { portalId: '55', times: null });
    const refused = await it.read('of-55');
    expect(refused.status).toBe(status);
    expect(refused.headers.get('retry-after')).toBe(retryAfter);
    expect((await it.read()).status).toBe(200);
  });
});
