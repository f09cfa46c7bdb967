import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { loadConfig, maskedSummary } from '@parley/shared/config/load-config';
import { shape } from './config.ts';

const GOOD = {
  REDIS_URL: 'redis://:hidden@localhost:6379',
  PUBLIC_URL: 'https://parley.example',
  HUBSPOT_CLIENT_SECRET: randomBytes(32).toString('hex'),
  SEAL_KEYS: randomBytes(32).toString('base64'),
  HUBSPOT_ACCESS_TOKEN: randomBytes(32).toString('hex'),
  HUBSPOT_WEBHOOK_TOKEN: randomBytes(32).toString('hex'),
  HUBSPOT_PORTAL_ID: '1',
  HUBSPOT_CHANNEL_ID: '2',
};

test('every missing and every weak setting is named at once, and no value is', () => {
  const env = {
    ...GOOD,
    HUBSPOT_CLIENT_SECRET: 'short',
    HUBSPOT_WEBHOOK_TOKEN: 'with/a/slash',
    PUBLIC_URL: 'parley',
  };
  const load = () => loadConfig(shape, env);
  expect(load).toThrow(/3 setting\(s\)/);
  expect(load).toThrow(/HUBSPOT_CLIENT_SECRET must be the client secret that HubSpot shows/);
  expect(load).toThrow(/HUBSPOT_WEBHOOK_TOKEN must be 32 or more/);
  expect(load).toThrow(/PUBLIC_URL must be an http/);
  expect(load).not.toThrow(/short|slash/);
});

const versions = (given?: string) => loadConfig(shape, { ...GOOD, HUBSPOT_SIGNATURES: given }).HUBSPOT_SIGNATURES;

test('v3 is taken, and for subscriptions v1, unless the setting says otherwise; v1 alone is no setting', () => {
  expect(versions()).toEqual(['v3', 'v1']);
  expect(versions('v3, v1,v3')).toEqual(['v3', 'v1']);
  expect(() => versions('v1')).toThrow(/HUBSPOT_SIGNATURES must name v3 or v2/);
  expect(() => versions('none')).toThrow(/HUBSPOT_SIGNATURES must name v3 or v2/);
  expect(versions('v3,none')).toEqual(['v3', 'none']);
  expect(() => versions('v4')).toThrow(/HUBSPOT_SIGNATURES must be a list of v3, v2, v1 and none/);
});

test('every setting says what it is, for whoever forgot it', () => {
  for (const [name, schema] of Object.entries(shape))
    expect([name, schema.description]).toEqual([name, expect.any(String)]);
});

test('the summary for the log shows no secret', () => {
  const summary = JSON.stringify(maskedSummary(shape, loadConfig(shape, GOOD)));
  expect(summary).toContain('"PUBLIC_URL":"https://parley.example"');
  for (const secret of ['hidden', GOOD.SEAL_KEYS, GOOD.HUBSPOT_CLIENT_SECRET, GOOD.HUBSPOT_ACCESS_TOKEN])
    expect(summary).not.toContain(secret);
});
