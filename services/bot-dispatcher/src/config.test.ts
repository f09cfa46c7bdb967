import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { loadConfig, maskedSummary } from '@parley/shared/config/load-config';
import { shape } from './config.ts';

const GOOD = {
  REDIS_URL: 'redis://:hidden@localhost:6379',
  HUBSPOT_CHANNEL_ID: '2',
  PUBLIC_URL: 'https://parley.example',
  HUBSPOT_CLIENT_SECRET: randomBytes(32).toString('hex'),
  SEAL_KEYS: randomBytes(32).toString('base64'),
};

const nothing = () => loadConfig(shape, {});

test('every setting that is missing is named at once with what it is for', () => {
  expect(nothing).toThrow('5 setting(s)');
  for (const name of Object.keys(GOOD)) expect(nothing).toThrow(new RegExp(`${name} is missing: [A-Z]`));
});

test('the summary for the log shows no secret', () => {
  const summary = maskedSummary(shape, loadConfig(shape, GOOD));
  expect(summary).toMatchObject({ SEAL_KEYS: '[set]', OPS_PORT: 9465 });
  expect(JSON.stringify(summary)).not.toMatch(/hidden/);
  for (const secret of [GOOD.SEAL_KEYS, GOOD.HUBSPOT_CLIENT_SECRET])
    expect(JSON.stringify(summary)).not.toContain(secret);
});
