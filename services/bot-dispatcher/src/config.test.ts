import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { loadConfig, maskedSummary } from '@parley/shared/config/load-config';
import { Webhook } from 'standardwebhooks';
import { shape } from './config.ts';

const secretOf = (bytes: number) => `whsec_${randomBytes(bytes).toString('base64')}`;

const GOOD = {
  REDIS_URL: 'redis://:hidden@localhost:6379',
  HUBSPOT_PORTAL_ID: '1',
  HUBSPOT_CHANNEL_ID: '2',
  HUBSPOT_CHANNEL_ACCOUNT_ID: '3',
  HUBSPOT_ACCESS_TOKEN: 'pat-na1-hidden',
  PUBLIC_URL: 'https://parley.example',
  HUBSPOT_CLIENT_SECRET: randomBytes(32).toString('hex'),
  BOT_CALLBACK_URL: 'https://bot.example/parley',
  BOT_SIGNING_SECRET: secretOf(32),
};

const load = (changes: NodeJS.ProcessEnv = {}) => loadConfig(shape, { ...GOOD, ...changes });

const nothing = () => loadConfig(shape, {});

test('every setting that is missing is named at once with what it is for', () => {
  expect(nothing).toThrow('8 setting(s)');
  const { HUBSPOT_ACCESS_TOKEN: _orAnInstall, ...required } = GOOD;
  for (const name of Object.keys(required)) expect(nothing).toThrow(new RegExp(`${name} is missing: [A-Z]`));
});

test.each([24, 25, 26, 32, 64])('a signing secret of %i bytes is taken, and the library can sign with it', (bytes) => {
  const { BOT_SIGNING_SECRET } = load({ BOT_SIGNING_SECRET: secretOf(bytes) });
  expect(new Webhook(BOT_SIGNING_SECRET).sign('id', new Date(0), 'body')).toMatch(/^v1,/);
});

test.each([
  ['too short', secretOf(23)],
  ['too long', secretOf(70)],
  ['without its prefix', randomBytes(32).toString('base64')],
  ['in another alphabet', `whsec_${'_-'.repeat(20)}`],
  ['in hex with blanks', `whsec_${'ab '.repeat(12)}`],
])('a signing secret %s is refused with how to make one, and is not repeated', (_what, BOT_SIGNING_SECRET) => {
  const weak = () => load({ BOT_SIGNING_SECRET });
  expect(weak).toThrow(
    'BOT_SIGNING_SECRET must be whsec_ and the base64 of 24 to 64 random bytes: `echo whsec_$(openssl',
  );
  expect(weak).not.toThrow(BOT_SIGNING_SECRET);
});

test.each(['bot.example/parley', 'ftp://bot.example', 'javascript:alert(1)'])(
  'the bot is called over http or https: %s is refused',
  (BOT_CALLBACK_URL) => {
    expect(() => load({ BOT_CALLBACK_URL })).toThrow('BOT_CALLBACK_URL must be an http(s) URL');
  },
);

test('the summary for the log shows where the bot is and no secret', () => {
  const summary = maskedSummary(shape, load());
  expect(summary).toMatchObject({
    BOT_CALLBACK_URL: GOOD.BOT_CALLBACK_URL,
    BOT_SIGNING_SECRET: '[set]',
    OPS_PORT: 9465,
  });
  expect(JSON.stringify(summary)).not.toMatch(/hidden|whsec_/);
});
