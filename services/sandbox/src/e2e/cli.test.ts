import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type Bot, sealSecrets } from '@parley/shared/accounts/account';
import { loadConfig } from '@parley/shared/config/load-config';
import { common, hubspotApi } from '@parley/shared/config/settings';
import { ChannelAccountId } from '@parley/shared/contracts/ids';
import { openInstalls } from '@parley/shared/hubspot/oauth/installs';
import { createSeal } from '@parley/shared/secrets/seal';
import { freePort } from '@parley/shared/testing/free-port';
import { Redis } from 'ioredis';
import { z } from 'zod';
import type { Sandbox } from '../sandbox.ts';
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

/** The bot of the sandbox's account, as Parley keeps it. */
async function botOf({ accounts, account }: Sandbox): Promise<Bot> {
  const claimed = await accounts.find(account.account);
  if (!claimed) throw new Error('the account of the sandbox belongs to no bot');
  return claimed.bot;
}

/** As after a consent: the token of the environment, sealed in Redis. */
async function keepInstall({ environment, account }: Sandbox): Promise<void> {
  const config = loadConfig({ ...common, ...hubspotApi }, environment);
  const redis = new Redis(config.REDIS_URL);
  const seal = createSeal(config.SEAL_KEYS ?? []);
  const now = Date.now();
  await openInstalls({ redis, namespace: config.REDIS_NAMESPACE, seal }).keep({
    portal: account.portal,
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
    expect(checks.filter(({ status }) => status === 'ok')).toHaveLength(14);
    const { printed, complained } = await parley(['doctor'], sandbox.environment);
    expect(complained).toBe('');
    for (const [name, value] of Object.entries(sandbox.environment))
      if (/TOKEN|SECRET|KEYS|PASSWORD/.test(name)) expect(printed).not.toContain(value);
  });

  test('names every setting that is missing', async () => {
    const { code, failed } = await examined({ REDIS_URL: 'redis://127.0.0.1:1' });
    expect(code).toBe(1);
    expect(failed).toMatchObject([{ detail: expect.stringMatching(/HUBSPOT_CHANNEL_ID is missing[\s\S]*PUBLIC_URL/) }]);
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
        name: 'portal 48448169: HubSpot takes the access token',
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
    await keepInstall(sandbox);
    expect((await examined(installed)).failed).toEqual([]);
    const otherKey = { ...installed, SEAL_KEYS: randomBytes(32).toString('base64') };
    expect((await examined(otherKey)).failed).toMatchObject([
      { name: 'portal 48448169: HubSpot takes the access token', remedy: expect.stringContaining('SEAL_KEYS') },
      { name: 'account 898158620: the bot takes what Parley signs', detail: expect.stringContaining('SEAL_KEYS') },
    ]);
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
      {
        name: 'portal 48448169: the app owns the channel',
        remedy: expect.stringContaining("The token's app must own the channel"),
      },
    ]);
  });

  test.each([
    ['inactive', { active: false }, /switches it on in HubSpot/],
    ['not authorized', { authorized: false }, /accounts enable/],
    ['archived', { archived: true }, /Restore it/],
  ])('of an account that is %s: who can change that, and where', async (how, state, remedy) => {
    await using sandbox = await startTestSandbox();
    Object.assign(sandbox.simulator.account, state);
    const { failed } = await examined(sandbox.environment);
    expect(failed).toMatchObject([{ detail: expect.stringContaining(how), remedy: expect.stringMatching(remedy) }]);
  });

  test('of an account that the channel does not have: how to find the right one', async () => {
    await using sandbox = await startTestSandbox();
    const other = { ...sandbox.account, account: ChannelAccountId.parse('1') };
    const { callbackUrl } = await botOf(sandbox);
    await sandbox.accounts.claim(other, {
      callbackUrl,
      ...sealSecrets(sandbox.secrets, { ...other, seal: sandbox.seal }),
    });
    const { failed } = await examined(sandbox.environment);
    expect(failed).toMatchObject([
      { name: 'account 1: it is in the channel', remedy: expect.stringContaining('accounts list') },
    ]);
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
    const bot = await botOf(sandbox);
    await sandbox.accounts.claim(sandbox.account, { ...bot, callbackUrl: await nobodyThere() });
    const away = await examined(sandbox.environment);
    expect(away.failed).toMatchObject([
      { detail: expect.stringContaining('ECONNREFUSED'), remedy: expect.stringContaining('Start the bot') },
    ]);
    await sandbox.accounts.claim(sandbox.account, bot);
    await parley(['accounts', 'change', '--account', sandbox.account.account, '--new-secrets'], sandbox.environment);
    const other = await examined(sandbox.environment);
    expect(other.failed).toMatchObject([{ remedy: expect.stringContaining('another signing secret') }]);
  });
});
