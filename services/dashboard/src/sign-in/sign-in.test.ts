import { describe, expect, test } from '@jest/globals';
import { startBench } from '../testing/bench.ts';
import { createBrowser } from '../testing/browser.ts';

describe('who is not signed in', () => {
  test.each(['/', '/dead-letters', '/queues', '/queues/queue/visitor-messages', '/nowhere'])(
    'is asked to sign in instead of seeing %s',
    async (path) => {
      await using bench = await startBench();
      const answer = await bench.stranger().get(path);
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    },
  );

  test.each(['/queues/api/queues', '/queues/api/redis/stats'])('gets no data from %s', async (path) => {
    await using bench = await startBench();
    expect((await bench.stranger().get(path)).status).toBe(401);
  });

  test('can do nothing to a dead letter', async () => {
    await using bench = await startBench();
    const answer = await bench.stranger().post('/dead-letters/visitor-messages/dead-1/replay', {});
    expect(answer.status).toBe(401);
  });

  test('gets the health of the process', async () => {
    await using bench = await startBench();
    expect(await bench.stranger().get('/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
  });

  test('cannot make up a session', async () => {
    await using bench = await startBench();
    const { cookie } = await bench.signIn();
    const forged = createBrowser(bench.url, cookie.replace(/=\d+/, '=9999999999999'));
    expect((await createBrowser(bench.url, cookie).get('/')).status).toBe(200);
    expect((await forged.get('/')).status).toBe(303);
  });
});

describe('signing in', () => {
  test('leads to the page that was asked for', async () => {
    await using bench = await startBench();
    const browser = bench.stranger();
    const answer = await browser.post('/sign-in', {
      name: 'operator',
      password: bench.password,
      next: '/dead-letters?queue=agent-messages',
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/dead-letters?queue=agent-messages');
    expect((await browser.get('/')).status).toBe(200);
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/..//evil.example',
    'javascript:alert(1)',
  ])('never leads to another site: %s', async (next) => {
    await using bench = await startBench();
    const answer = await bench.stranger().post('/sign-in', { name: 'operator', password: bench.password, next });
    expect(answer.headers.get('location')).toBe('/');
  });

  test('keeps the session from scripts and from other sites, and from plain HTTP where there is HTTPS', async () => {
    await using bench = await startBench();
    const form = { name: 'operator', password: bench.password };
    const plain = await bench.stranger().post('/sign-in', form);
    const secure = await bench.stranger().post('/sign-in', form, { 'x-forwarded-proto': 'https' });
    expect(plain.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect(secure.headers.get('set-cookie')).toMatch(/; Secure;/);
  });

  test('is refused with a wrong password, and after five of them the right one has to wait too', async () => {
    await using bench = await startBench();
    const browser = bench.stranger();
    for (let attempt = 1; attempt <= 5; attempt++) {
      const refused = await browser.post('/sign-in', { name: 'operator', password: `wrong horse battery ${attempt}` });
      expect(refused.status).toBe(401);
    }
    const limited = await browser.post('/sign-in', { name: 'operator', password: bench.password });
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await browser.get('/')).status).toBe(303);
    expect(bench.lines.join('')).toContain('"outcome":"refused"');
    expect(bench.lines.join('')).not.toContain('horse');
  });

  test('is refused under another name', async () => {
    await using bench = await startBench();
    const answer = await bench.stranger().post('/sign-in', { name: 'root', password: bench.password });
    expect(answer.status).toBe(401);
  });
});

test('signing out ends the session, for every copy of its cookie', async () => {
  await using bench = await startBench();
  const browser = await bench.signIn();
  const copy = createBrowser(bench.url, browser.cookie);
  expect((await copy.get('/')).status).toBe(200);
  await browser.post('/sign-out', {});
  expect((await copy.get('/')).status).toBe(303);
});

describe('a form that another site posts with the browser of an operator is refused', () => {
  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this host', { origin: 'http://127.0.0.1:3003' }],
    ['a sandboxed page', { origin: 'null' }],
    ['another port, as the browser says', { 'sec-fetch-site': 'same-site' }],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
  ])('%s', async (_who, headers) => {
    await using bench = await startBench();
    const browser = await bench.signIn();
    expect((await browser.post('/sign-out', {}, headers)).status).toBe(403);
    expect((await browser.get('/')).status).toBe(200);
  });
});
