import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { CLIENT_SECRET, setup, THREADS } from '../../testing/setup.ts';
import { ALL_SCOPES } from '../authenticate.ts';

const PORTAL = '48448169';
const REDIRECT = 'https://bridge.example/oauth/callback';
const CLIENT = 'the-client';
const REQUIRED = ALL_SCOPES.filter((scope) => scope !== 'files').join(' ');

/** A simulator with an app that can be installed. */
async function installable(settings: Parameters<typeof setup>[0] = {}) {
  const it = await setup({ clientId: CLIENT, redirectUrls: [REDIRECT], ...settings });
  const authorizeUrl = (given: Record<string, string> = {}) => {
    const query = { client_id: CLIENT, redirect_uri: REDIRECT, scope: REQUIRED, state: 'of-mine', ...given };
    return `${it.hubspot.url}/oauth/authorize?${new URLSearchParams(query)}`;
  };
  const post = async (path: string, given: Record<string, string>) => {
    const response = await fetch(`${it.hubspot.url}/oauth/${path}`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: CLIENT, client_secret: CLIENT_SECRET, ...given }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  const consent = (given: Record<string, string> = {}, agreed = true) =>
    new URL(it.hubspot.administrator.consent(authorizeUrl(given), { portalId: PORTAL, agreed })).searchParams;
  const exchange = (code: string, given: Record<string, string> = {}) =>
    post('2026-03/token', { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...given });
  const refresh = (token: string, given: Record<string, string> = {}) =>
    post('2026-09/token', { grant_type: 'refresh_token', refresh_token: token, ...given });
  const install = async () => (await exchange(consent().get('code') ?? '')).body;
  const works = async (token: string) => (await it.call('GET', THREADS, undefined, token)).status;
  return {
    ...it,
    authorizeUrl,
    post,
    consent,
    exchange,
    refresh,
    install,
    works,
    [Symbol.asyncDispose]: it[Symbol.asyncDispose],
  };
}

describe('the consent', () => {
  test('is a page that links back to the app with a code and its state', async () => {
    await using it = await installable();
    const page = await (await fetch(it.authorizeUrl())).text();
    expect(page).toContain('conversations.custom_channels.write');
    const link = /href="([^"]*decision=agree)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const answer = await fetch(it.hubspot.url + link, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect(back.origin + back.pathname).toBe(REDIRECT);
    expect(back.searchParams.get('state')).toBe('of-mine');
    expect((await it.exchange(back.searchParams.get('code') ?? '')).status).toBe(200);
  });

  test.each([
    ['client_id', { client_id: '<b>another</b>' }, 'BAD_CLIENT_ID'],
    ['redirect_uri', { redirect_uri: 'https://elsewhere.example' }, 'BAD_REDIRECT_URI'],
    ['scope', { scope: `${REQUIRED} crm.objects.deals.read` }, 'BAD_SCOPES'],
    ['missing scope', { scope: 'oauth' }, 'BAD_SCOPES'],
  ])('with a wrong %s leads nowhere', async (_what, given, why) => {
    await using it = await installable();
    const answer = await fetch(it.authorizeUrl(given), { redirect: 'manual' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(why);
  });

  test('that is denied, or that the plan does not allow, leads back with an error', async () => {
    await using it = await installable();
    expect(it.consent({}, false).get('error')).toBe('access_denied');
    it.hubspot.administrator.changeTier(PORTAL, 'FREE');
    const refused = it.consent();
    expect(refused.get('error_description')).toContain("doesn't have access to the scopes required by the app");
    expect(refused.get('state')).toBe('of-mine');
    expect(refused.has('code')).toBe(false);
  });
});

describe('the tokens of an install', () => {
  test('come for a code, and open what was agreed to', async () => {
    await using it = await installable();
    const tokens = await it.install();
    expect(tokens).toMatchObject({
      token_type: 'bearer',
      expires_in: 1800,
      hub_id: Number(PORTAL),
      scopes: REQUIRED.split(' '),
      refresh_token: expect.stringMatching(/^na1-/),
    });
    expect(await it.works(tokens.access_token)).toBe(200);
    expect((await it.call('GET', '/files/v3/files/1', undefined, tokens.access_token)).status).toBe(403);
  });

  test('come for a code once', async () => {
    await using it = await installable();
    const code = it.consent().get('code') ?? '';
    await it.exchange(code);
    expect(await it.exchange(code)).toMatchObject({
      status: 400,
      body: { status: 'BAD_AUTH_CODE', error: 'invalid_grant' },
    });
  });

  test('come for a code with its redirect_uri and its verifier only', async () => {
    await using it = await installable();
    const elsewhere = { redirect_uri: 'https://elsewhere.example' };
    const plain = it.consent().get('code') ?? '';
    expect((await it.exchange(plain, elsewhere)).body.status).toBe('BAD_REDIRECT_URI');
    const code_challenge = createHash('sha256').update('verified').digest('base64url');
    const proven = () => it.consent({ code_challenge, code_challenge_method: 'S256' }).get('code') ?? '';
    expect((await it.exchange(proven())).body.status).toBe('BAD_CODE_VERIFIER');
    expect((await it.exchange(proven(), { code_verifier: 'verified' })).status).toBe(200);
  });

  test('are refreshed, with the same refresh token or another, as the setting has it', async () => {
    await using it = await installable();
    const { refresh_token: first } = await it.install();
    expect((await it.refresh(first)).body.refresh_token).toBe(first);
    it.hubspot.configure({ refreshTokens: 'rotate' });
    const { body: rotated } = await it.refresh(first);
    expect(rotated.refresh_token).not.toBe(first);
    expect((await it.refresh(first)).body.status).toBe('BAD_REFRESH_TOKEN');
    expect(await it.works(rotated.access_token)).toBe(200);
  });

  test('expire', async () => {
    await using it = await installable({ settings: { accessTokenSeconds: 1 } });
    const { access_token } = await it.install();
    expect(await it.works(access_token)).toBe(200);
    const deadline = Date.now() + 5_000;
    let status: number;
    do status = await it.works(access_token);
    while (status !== 401 && Date.now() < deadline);
    expect(status).toBe(401);
  });

  test.each([
    ['a wrong client_id', 'BAD_CLIENT_ID', { client_id: 'another' }],
    ['a wrong client_secret', 'BAD_CLIENT_SECRET', { client_secret: 'wrong' }],
    ['an unknown grant', 'BAD_GRANT_TYPE', { grant_type: 'password' }],
    ['an unknown refresh token', 'BAD_REFRESH_TOKEN', { refresh_token: 'unknown' }],
  ])('are refused for %s with %s, and stay what they are', async (_what, status, given) => {
    await using it = await installable();
    const tokens = await it.install();
    expect(await it.refresh(tokens.refresh_token, given)).toMatchObject({ status: 400, body: { status } });
    expect((await it.refresh(tokens.refresh_token)).status).toBe(200);
  });

  test.each(['BAD_REFRESH_TOKEN', 'BAD_HUB'] as const)(
    'are worth nothing once the app is uninstalled (%s)',
    async (goneInstall) => {
      await using it = await installable({ settings: { goneInstall } });
      const tokens = await it.install();
      it.hubspot.administrator.uninstall(PORTAL);
      expect(await it.works(tokens.access_token)).toBe(401);
      expect(await it.refresh(tokens.refresh_token)).toMatchObject({ status: 400, body: { status: goneInstall } });
      expect((await it.install()).hub_id).toBe(Number(PORTAL));
    },
  );

  test('can be looked into and revoked', async () => {
    await using it = await installable();
    const { access_token: token, refresh_token } = await it.install();
    expect((await it.post('2026-03/token/introspect', { token })).body).toMatchObject({
      active: true,
      token_use: 'access_token',
      hub_id: Number(PORTAL),
      app_id: 123456,
      scopes: REQUIRED.split(' '),
    });
    expect((await it.post('v3/token/introspect', { refresh_token })).body).toMatchObject({
      token_use: 'refresh_token',
    });
    expect((await it.post('2026-03/token/revoke', { token: refresh_token })).status).toBe(204);
    expect((await it.post('2026-03/token/introspect', { token: refresh_token })).body).toEqual({ active: false });
    expect((await it.refresh(refresh_token)).body.status).toBe('BAD_REFRESH_TOKEN');
  });

  test('are asked for in a form, in the log without what opens doors; and v1 answers, marked as ending', async () => {
    await using it = await installable();
    const { refresh_token } = await it.install();
    const given = { grant_type: 'refresh_token', refresh_token };
    expect((await it.post('v1/token', given)).status).toBe(200);
    expect((await it.call('POST', '/oauth/2026-03/token', given)).status).toBe(415);
    expect(it.hubspot.requests().map(({ path, deprecated }) => [path, deprecated])).toEqual([
      ['/oauth/2026-03/token', false],
      ['/oauth/v1/token', true],
      ['/oauth/2026-03/token', false],
    ]);
    const [exchanged] = it.hubspot.requests();
    expect(JSON.stringify(it.hubspot.requests())).not.toContain(refresh_token);
    expect(exchanged?.body).toMatchObject({ grant_type: 'authorization_code', client_secret: '…', code: '…' });
  });
});
