import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { PortalId } from '../../contracts/ids.ts';
import { connectPatient } from '../../redis/connect.ts';
import { createSeal } from '../../secrets/seal.ts';
import { type Reply, startAnsweringServer } from '../../testing/answering-server.ts';
import { testRedis } from '../../testing/test-redis.ts';
import { openInstalls } from './installs.ts';
import { createRefreshedTokens } from './refreshed-tokens.ts';
import { createTokenEndpoint } from './token-endpoint.ts';

const portal = PortalId.parse('48448169');

const answer = (accessToken: string): Reply => ({
  status: 200,
  body: {
    access_token: accessToken,
    refresh_token: 'na1-next',
    expires_in: 1_800,
    hub_id: 48_448_169,
    token_type: 'bearer',
  },
});

/** An install whose token is `ageMs` old, and as many processes as asked for on one Redis. */
async function setup({ ageMs = 0, replies = [answer('second')] as [Reply, ...Reply[]] } = {}) {
  const stack = new AsyncDisposableStack();
  const { url, namespace } = testRedis();
  const redis = stack.adopt(connectPatient(url), (connection) => connection.disconnect());
  await redis.connect();
  const hubspot = stack.use(await startAnsweringServer(...replies));
  const installs = openInstalls({ redis, namespace, seal: createSeal([randomBytes(32)]) });
  const endpoint = createTokenEndpoint({ apiUrl: hubspot.url, clientId: 'app', clientSecret: 'very-secret-secret' });
  const issuedAt = Date.now() - ageMs;
  const keep = () =>
    installs.keep({
      portal,
      accessToken: 'first',
      refreshToken: 'na1-first',
      issuedAt,
      expiresAt: issuedAt + 1_800_000,
      scopes: [],
    });
  const process = () => createRefreshedTokens({ portal, installs, endpoint, redis, namespace });
  return { hubspot, installs, redis, namespace, keep, process, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe('the token of an install', () => {
  test('is used for four fifths of its life, and then fetched anew', async () => {
    await using young = await setup({ ageMs: 1_430_000 });
    await young.keep();
    expect(await young.process().current()).toBe('first');
    await using old = await setup({ ageMs: 1_450_000 });
    await old.keep();
    expect(await old.process().current()).toBe('second');
    expect((await old.installs.find(portal))?.grant.refreshToken).toBe('na1-next');
  });

  test('is fetched once, however many calls of however many processes were refused at once', async () => {
    await using parts = await setup();
    await parts.keep();
    const processes = [parts.process(), parts.process(), parts.process()];
    await Promise.all(processes.map((tokens) => tokens.current()));
    const tokens = await Promise.all([...processes, ...processes].map((one) => one.instead('first')));
    expect(new Set(tokens)).toEqual(new Set(['second']));
    expect(parts.hubspot.heard).toHaveLength(1);
  });

  test('lies in Redis sealed', async () => {
    await using parts = await setup();
    await parts.keep();
    expect(JSON.stringify(await parts.redis.hgetall(`${parts.namespace}:installs`))).not.toMatch(/first|na1/);
  });

  test('is not to be had without an install, and every call of the portal waits', async () => {
    await using parts = await setup();
    await expect(parts.process().current()).rejects.toMatchObject({
      scope: 'portal',
      message: expect.stringContaining('open /install'),
    });
  });

  test.each(['BAD_REFRESH_TOKEN', 'BAD_HUB'])(
    '%s: the consent is gone until a new install, and HubSpot is not asked again',
    async (status) => {
      await using parts = await setup({
        replies: [{ status: 400, body: { status, message: 'refresh token is invalid' } }],
      });
      await parts.keep();
      const tokens = parts.process();
      await tokens.current();
      await expect(tokens.instead('first')).rejects.toMatchObject({ scope: 'portal' });
      await expect(parts.process().current()).rejects.toMatchObject({
        message: expect.stringContaining('took its consent back'),
      });
      expect(parts.hubspot.heard).toHaveLength(1);
      await parts.keep();
      expect(await parts.process().current()).toBe('first');
    },
  );

  test('wrong credentials of our app cost no account its install', async () => {
    await using parts = await setup({
      replies: [
        { status: 400, body: { status: 'BAD_CLIENT_SECRET', message: 'very-secret-secret is wrong' } },
        answer('second'),
      ],
    });
    await parts.keep();
    const tokens = parts.process();
    await tokens.current();
    const failure = await tokens.instead('first').catch((error: unknown) => error);
    expect(failure).toMatchObject({ scope: 'portal', message: expect.stringContaining('BAD_CLIENT_SECRET') });
    expect(String(failure)).not.toContain('very-secret-secret');
    expect(await tokens.instead('first')).toBe('second');
  });
});
