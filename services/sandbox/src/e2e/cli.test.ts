import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '@parley/shared/config/load-config';
import { account, common, hubspotApi } from '@parley/shared/config/settings';
import { openInstalls } from '@parley/shared/hubspot/oauth/installs';
import { createSeal } from '@parley/shared/secrets/seal';
import { freePort } from '@parley/shared/testing/free-port';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { parley } from './cli-process.ts';
import { startTestSandbox } from './start.ts';

const Report = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({ name: z.string(), status: z.string(), detail: z.string(), remedy: z.string().optional() }),
  ),
});

/** What the doctor says of a bridge, without what it says of the Redis of the test run. */
async function examined(environment: Readonly<Record<string, string>>) {
  const { code, printed, complained } = await parley(['doctor', '--json'], environment);
  const { checks } = Report.parse(JSON.parse(printed));
  const ofBridge = checks.filter(({ name }) => name !== 'Redis keeps what it accepted');
  return { code, complained, checks: ofBridge, failed: ofBridge.filter(({ status }) => status === 'failed') };
}

const nobodyThere = async () => `http://127.0.0.1:${await freePort()}`;

/** As after a consent: the token of the environment, sealed in Redis. */
async function keepInstall(environment: Readonly<Record<string, string>>): Promise<void> {
  const config = loadConfig({ ...common, ...account, ...hubspotApi }, environment);
  const redis = new Redis(config.REDIS_URL);
  const seal = createSeal(config.SEAL_KEYS ?? []);
  const now = Date.now();
  await openInstalls({ redis, namespace: config.REDIS_NAMESPACE, seal }).keep({
    portal: config.HUBSPOT_PORTAL_ID,
    accessToken: config.HUBSPOT_ACCESS_TOKEN ?? '',
    refreshToken: 'unused',
    issuedAt: now,
    expiresAt: now + 3_600_000,
    scopes: [],
  });
  redis.disconnect();
}

describe('parley doctor', () => {
  test('finds nothing wrong with a bridge that works, and tells no secret', async () => {
    await using sandbox = await startTestSandbox();
    const { checks, failed } = await examined(sandbox.environment);
    expect(failed).toEqual([]);
    expect(checks.filter(({ status }) => status === 'ok')).toHaveLength(13);
    const { printed, complained } = await parley(['doctor'], sandbox.environment);
    expect(complained).toBe('');
    for (const [name, value] of Object.entries(sandbox.environment))
      if (/TOKEN|SECRET|KEYS|PASSWORD/.test(name)) expect(printed).not.toContain(value);
  });

  test('names every setting that is missing', async () => {
    const { code, failed } = await examined({ REDIS_URL: 'redis://127.0.0.1:1' });
    expect(code).toBe(1);
    expect(failed).toMatchObject([{ detail: expect.stringMatching(/PUBLIC_URL is missing[\s\S]*BOT_CALLBACK_URL/) }]);
  });

  test('says of a Redis that is away that it is', async () => {
    await using sandbox = await startTestSandbox();
    const { failed } = await examined({ ...sandbox.environment, REDIS_URL: 'redis://127.0.0.1:1' });
    expect(failed).toMatchObject([{ name: 'Redis answers', remedy: expect.stringContaining('REDIS_URL') }]);
  });

  test('of a token that HubSpot does not take: which setting holds it', async () => {
    await using sandbox = await startTestSandbox();
    const wrong = { ...sandbox.environment, HUBSPOT_ACCESS_TOKEN: 'not-a-token' };
    const { code, failed } = await examined(wrong);
    expect(code).toBe(1);
    expect(failed).toMatchObject([
      {
        name: 'HubSpot takes the access token',
        detail: expect.stringContaining('401'),
        remedy: expect.stringContaining('HUBSPOT_ACCESS_TOKEN'),
      },
    ]);
  });

  test('of an install: nothing while its tokens are good, and which key is missing when they cannot be read', async () => {
    await using sandbox = await startTestSandbox();
    const installed = { ...sandbox.environment, HUBSPOT_ACCESS_TOKEN: '' };
    const none = await examined(installed);
    expect(none.failed).toMatchObject([{ detail: expect.stringContaining('has not installed the app') }]);
    await keepInstall(sandbox.environment);
    expect((await examined(installed)).failed).toEqual([]);
    const otherKey = { ...installed, SEAL_KEYS: randomBytes(32).toString('base64') };
    expect((await examined(otherKey)).failed).toMatchObject([{ remedy: expect.stringContaining('SEAL_KEYS') }]);
  });

  test('of a token without the scopes: that the app needs them', async () => {
    await using sandbox = await startTestSandbox();
    sandbox.simulator.grant('poor', { scopes: ['oauth'] });
    const { failed } = await examined({ ...sandbox.environment, HUBSPOT_ACCESS_TOKEN: 'poor' });
    expect(failed).toMatchObject([{ remedy: expect.stringContaining('scopes') }]);
  });

  test("of another app's token: that the token's app must own the channel", async () => {
    await using sandbox = await startTestSandbox();
    sandbox.simulator.grant('of-another-app', { appId: '999' });
    const { failed } = await examined({ ...sandbox.environment, HUBSPOT_ACCESS_TOKEN: 'of-another-app' });
    expect(failed).toMatchObject([
      { name: 'the app owns the channel', remedy: expect.stringContaining("The token's app must own the channel") },
    ]);
  });

  test.each([
    ['inactive', { active: false }, /switches it on in HubSpot/],
    ['not authorized', { authorized: false }, /Connect it again/],
    ['archived', { archived: true }, /Restore it/],
  ])('of an account that is %s: who can change that, and where', async (how, state, remedy) => {
    await using sandbox = await startTestSandbox();
    Object.assign(sandbox.simulator.account, state);
    const { failed } = await examined(sandbox.environment);
    expect(failed).toMatchObject([{ detail: expect.stringContaining(how), remedy: expect.stringMatching(remedy) }]);
  });

  test('of an account that the channel does not have: how to find the right one', async () => {
    await using sandbox = await startTestSandbox();
    const { failed } = await examined({ ...sandbox.environment, HUBSPOT_CHANNEL_ACCOUNT_ID: '1' });
    expect(failed).toMatchObject([{ remedy: expect.stringContaining('accounts list') }]);
  });

  test('of a PUBLIC_URL where nobody is: that nobody is there', async () => {
    await using sandbox = await startTestSandbox();
    const { failed } = await examined({ ...sandbox.environment, PUBLIC_URL: await nobodyThere() });
    expect(failed).toMatchObject([
      { name: 'PUBLIC_URL leads to the ingress', remedy: expect.stringContaining('under which HubSpot reaches it') },
    ]);
  });

  test('of a PUBLIC_URL that the ingress spells differently: that signatures cover it', async () => {
    await using sandbox = await startTestSandbox();
    const publicUrl = (sandbox.environment.PUBLIC_URL ?? '').replace('127.0.0.1', 'localhost');
    const { failed } = await examined({ ...sandbox.environment, PUBLIC_URL: publicUrl });
    expect(failed).toMatchObject([
      { detail: expect.stringContaining('401'), remedy: expect.stringContaining('PUBLIC_URL') },
    ]);
  });

  test('of a bot that is away, and of one with another secret: which of the two it is', async () => {
    await using sandbox = await startTestSandbox();
    const away = await examined({ ...sandbox.environment, BOT_CALLBACK_URL: await nobodyThere() });
    expect(away.failed).toMatchObject([
      { detail: expect.stringContaining('ECONNREFUSED'), remedy: expect.stringContaining('Start the bot') },
    ]);
    const other = await examined({ ...sandbox.environment, BOT_SIGNING_SECRET: `whsec_${'A'.repeat(43)}=` });
    expect(other.failed).toMatchObject([{ remedy: expect.stringContaining('the same BOT_SIGNING_SECRET') }]);
  });
});

describe('parley accounts', () => {
  const added = ['accounts', 'add', '--inbox', 'conversations inbox', '--name', 'Our chatbot'];

  test('connects the channel to an inbox by its name, and the id that it prints is the right one', async () => {
    await using sandbox = await startTestSandbox();
    const { code, printed } = await parley(added, sandbox.environment);
    expect(code).toBe(0);
    const id = /^HUBSPOT_CHANNEL_ACCOUNT_ID=(\d+)$/m.exec(printed)?.[1] ?? '';
    const { failed } = await examined({ ...sandbox.environment, HUBSPOT_CHANNEL_ACCOUNT_ID: id });
    expect(failed).toEqual([]);
    const list = await parley(['accounts', 'list'], sandbox.environment);
    expect(list.printed).toMatch(/"Conversations Inbox"[\s\S]*"Our chatbot", identifier "our-chatbot", active/);
  });

  test('is not added twice, and names the one that is there', async () => {
    await using sandbox = await startTestSandbox();
    await parley(added, sandbox.environment);
    const { code, complained } = await parley(added, sandbox.environment);
    expect(code).toBe(1);
    expect(complained).toMatch(/identifier "our-chatbot" belongs to account \d+/);
    expect(
      sandbox.simulator.requests().filter(({ method, status }) => method === 'POST' && status === 201),
    ).toHaveLength(1);
  });

  test('that HubSpot made inactive says who switches it on', async () => {
    await using sandbox = await startTestSandbox();
    sandbox.simulator.configure({ newAccounts: 'inactive' });
    expect((await parley(added, sandbox.environment)).printed).toContain('switches it on');
  });

  test('an inbox that there is none of is answered with those that there are', async () => {
    await using sandbox = await startTestSandbox();
    const { code, complained } = await parley([...added, '--inbox', 'Support'], sandbox.environment);
    expect(code).toBe(1);
    expect(complained).toContain('"Conversations Inbox" (481939, INBOX)');
    expect(complained).not.toContain('    at ');
  });
});
