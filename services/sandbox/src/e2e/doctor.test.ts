import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '@parley/shared/config/load-config';
import { common, hubspotApi } from '@parley/shared/config/settings';
import { openInstalls } from '@parley/shared/hubspot/oauth/installs';
import { createSeal } from '@parley/shared/secrets/seal';
import { Redis } from 'ioredis';
import type { Sandbox } from '../sandbox.ts';
import { parley } from './cli-process.ts';
import { examined } from './examined.ts';
import { startTestSandbox } from './start.ts';

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
    expect(checks.filter(({ status }) => status === 'ok')).toHaveLength(17);
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

  test.each(['redis://127.0.0.1:1', 'redis-sentinel://127.0.0.1:1#mymaster'])(
    'says of a Redis that is away that it is: %s',
    async (url) => {
      await using sandbox = await startTestSandbox();
      const { failed } = await examined({ ...sandbox.environment, REDIS_URL: url });
      expect(failed).toMatchObject([{ name: 'Redis answers', remedy: expect.stringContaining('REDIS_URL') }]);
    },
  );

  test('of an install: nothing while its tokens are good, and which key is missing when they cannot be read', async () => {
    await using sandbox = await startTestSandbox();
    const installed = { ...sandbox.environment, HUBSPOT_ACCESS_TOKEN: '' };
    const none = await examined(installed);
    expect(none.failed).toMatchObject([{ detail: expect.stringContaining('has not installed the app') }]);
    await keepInstall(sandbox);
    expect((await examined(installed)).failed).toEqual([]);
    const otherKey = { ...installed, SEAL_KEYS: randomBytes(32).toString('base64') };
    expect((await examined(otherKey)).failed).toMatchObject([
      { name: 'portal 48448169: HubSpot takes the access token', detail: expect.stringContaining('SEAL_KEYS') },
      { name: 'account 898158620: the bot takes what Parley signs', detail: expect.stringContaining('SEAL_KEYS') },
    ]);
  });

  test('of a version of the API that ends: when, and that nothing is broken yet', async () => {
    await using sandbox = await startTestSandbox();
    const { failed, warned } = await examined({ ...sandbox.environment, HUBSPOT_API_VERSION: 'v3' });
    expect(failed).toEqual([]);
    expect(warned).toMatchObject([
      { detail: expect.stringContaining('September 2027'), remedy: expect.stringContaining('HUBSPOT_API_VERSION') },
    ]);
  });
});
