import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { loadConfig, maskedSummary } from '@parley/shared/config/load-config';
import { shape } from './config.ts';

const GOOD = {
  REDIS_URL: 'redis://:hidden@localhost:6379',
  HUBSPOT_CHANNEL_ID: '2',
  HUBSPOT_ACCESS_TOKEN: randomBytes(32).toString('hex'),
  HUBSPOT_PORTAL_ID: '1',
  PUBLIC_URL: 'https://parley.example',
  HUBSPOT_CLIENT_SECRET: randomBytes(32).toString('hex'),
  SEAL_KEYS: randomBytes(32).toString('base64'),
};

const nothing = () => loadConfig(shape, {});

test('every setting that is missing is named at once with what it is for', () => {
  expect(nothing).toThrow('6 setting(s)');
  const { HUBSPOT_ACCESS_TOKEN: _alternative, HUBSPOT_PORTAL_ID: _ofTheToken, ...needed } = GOOD;
  for (const name of Object.keys(needed)) expect(nothing).toThrow(new RegExp(`${name} is missing: [A-Z]`));
});

test('either a token and its portal are needed, or a client id for accounts that install the app', () => {
  const { HUBSPOT_ACCESS_TOKEN: token, HUBSPOT_PORTAL_ID: portal, ...neither } = GOOD;
  const load = (access: Record<string, string>) => () => loadConfig(shape, { ...neither, ...access });
  expect(nothing).toThrow('HUBSPOT_ACCESS_TOKEN is missing, or HUBSPOT_CLIENT_ID');
  expect(load({})).toThrow(/1 setting\(s\).*\n {2}HUBSPOT_ACCESS_TOKEN is missing, or HUBSPOT_CLIENT_ID/);
  expect(load({ HUBSPOT_ACCESS_TOKEN: token })).toThrow(/1 setting\(s\).*\n {2}HUBSPOT_PORTAL_ID is missing/);
  expect(load({ HUBSPOT_ACCESS_TOKEN: token, HUBSPOT_PORTAL_ID: portal })).not.toThrow();
  expect(load({ HUBSPOT_CLIENT_ID: 'app' })).not.toThrow();
});

test('the summary for the log shows no secret', () => {
  const summary = maskedSummary(shape, loadConfig(shape, GOOD));
  expect(summary).toMatchObject({ SEAL_KEYS: '[set]', OPS_PORT: 9465 });
  expect(JSON.stringify(summary)).not.toMatch(/hidden/);
  for (const secret of [GOOD.SEAL_KEYS, GOOD.HUBSPOT_CLIENT_SECRET, GOOD.HUBSPOT_ACCESS_TOKEN])
    expect(JSON.stringify(summary)).not.toContain(secret);
});
