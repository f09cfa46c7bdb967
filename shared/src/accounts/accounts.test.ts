import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { ChannelAccountId, PortalId } from '../contracts/ids.ts';
import { TerminalError } from '../failures.ts';
import { connectPatient } from '../redis/connect.ts';
import { createSeal } from '../secrets/seal.ts';
import { testRedis } from '../testing/test-redis.ts';
import { createBotSecrets, openSigningSecret, sealSecrets } from './account.ts';
import { openAccountLooks } from './account-looks.ts';
import { openAccounts } from './accounts.ts';
import { perAccount } from './per-account.ts';

const KEY = { portal: PortalId.parse('48448169'), account: ChannelAccountId.parse('898158620') };
const CALLBACK = 'https://bot.example/parley';
const seal = createSeal([randomBytes(32)]);

async function setup() {
  const { url, namespace } = testRedis();
  const redis = connectPatient(url);
  await redis.connect();
  const secrets = createBotSecrets();
  const bot = { callbackUrl: CALLBACK, ...sealSecrets(secrets, { account: KEY.account, seal }) };
  return {
    redis,
    secrets,
    bot,
    /** As in a process of its own, which has looked at nothing yet. */
    process: () => openAccounts({ redis, namespace }),
    /** The account as a process finds it. */
    async found() {
      const found = await openAccounts({ redis, namespace }).find(KEY.account);
      if (!found) throw new Error('no bot has the account');
      return found;
    },
    looks: openAccountLooks({ redis, namespace }),
    allKeys: async () => {
      const keys = await redis.keys(`${namespace}:*`);
      return Promise.all(keys.map(async (key) => `${key} ${JSON.stringify(await redis.dump(key))}`));
    },
    [Symbol.dispose]: () => redis.disconnect(),
  };
}

test('an account that was given to a bot is found by its id and by the token of the bot', async () => {
  using it = await setup();
  await it.process().claim(KEY, it.bot);
  const elsewhere = it.process();
  expect(await elsewhere.find(KEY.account)).toMatchObject(KEY);
  expect(await elsewhere.findByToken(it.secrets.token)).toMatchObject(KEY);
  expect(await elsewhere.findByToken('another')).toBeUndefined();
});

test('an account that a bot has just got is found at once by a process that looked a moment before', async () => {
  using it = await setup();
  const elsewhere = it.process();
  expect(await elsewhere.find(KEY.account)).toBeUndefined();
  await it.process().claim(KEY, it.bot);
  expect(await elsewhere.find(KEY.account)).toMatchObject(KEY);
  expect(await elsewhere.findByToken(it.secrets.token)).toMatchObject(KEY);
});

test('Redis holds neither the token nor the signing secret', async () => {
  using it = await setup();
  await it.process().claim(KEY, it.bot);
  const stored = (await it.allKeys()).join();
  expect(stored).toContain('accounts:claims');
  for (const secret of [it.secrets.token, it.secrets.signingSecret]) expect(stored).not.toContain(secret);
  const claimed = await it.process().find(KEY.account);
  expect(claimed && openSigningSecret(claimed, seal)).toBe(it.secrets.signingSecret);
});

test('a signing secret whose key is gone can be had again when the key is back, so its words wait', async () => {
  using it = await setup();
  await it.process().claim(KEY, it.bot);
  const claimed = await it.process().find(KEY.account);
  const open = () => claimed && openSigningSecret(claimed, createSeal([randomBytes(32)]));
  expect(open).toThrow(expect.objectContaining({ scope: 'portal' }));
  expect(open).toThrow(/put the key back into SEAL_KEYS/);
});

test('signing secrets that were sealed anew need the new key alone', async () => {
  using it = await setup();
  const [old, renewed] = [randomBytes(32), randomBytes(32)];
  const sealed = sealSecrets(it.secrets, { account: KEY.account, seal: createSeal([old]) });
  await it.process().claim(KEY, { ...it.bot, ...sealed });
  expect(await it.process().reseal(createSeal([renewed, old]))).toEqual({ sealed: 1, lost: [] });
  expect(await it.process().reseal(createSeal([old]))).toEqual({ sealed: 0, lost: [KEY.account] });
  const claimed = await it.process().find(KEY.account);
  expect(claimed && openSigningSecret(claimed, createSeal([renewed]))).toBe(it.secrets.signingSecret);
  expect(claimed).toMatchObject({ ...KEY, bot: { callbackUrl: CALLBACK, tokenDigest: it.bot.tokenDigest } });
});

test('a token belongs to one account: it says whose events they are', async () => {
  using it = await setup();
  const other = { ...KEY, account: ChannelAccountId.parse('7') };
  expect(await it.process().claim(KEY, it.bot)).toBe('written');
  expect(await it.process().claim(other, it.bot)).toBe('token-taken');
  expect(await it.process().findByToken(it.secrets.token)).toMatchObject(KEY);
  await it.process().change(await it.found(), { ...it.bot, tokenDigest: 'of-another' });
  expect(await it.process().claim(other, it.bot)).toBe('written');
});

test('of two who change an account at once, one is told that the other did', async () => {
  using it = await setup();
  expect(await it.process().claim(KEY, it.bot)).toBe('written');
  expect(await it.process().claim(KEY, it.bot)).toBe('changed');
  const found = await it.found();
  expect(await it.process().change(found, { ...it.bot, disabledAt: 1 })).toBe('written');
  const late = it.process();
  await late.find(KEY.account);
  expect(await late.change(found, { ...it.bot, callbackUrl: 'https://bot.example/late' })).toBe('changed');
  expect((await late.find(KEY.account))?.bot).toMatchObject({ callbackUrl: CALLBACK, disabledAt: 1 });
});

test("an account that was let go is nobody's, and its token may be given again", async () => {
  using it = await setup();
  await it.process().claim(KEY, it.bot);
  await it.process().forget(await it.found());
  expect(await it.process().list()).toEqual([]);
  expect(await it.process().findByToken(it.secrets.token)).toBeUndefined();
  expect(await it.process().claim(KEY, it.bot)).toBe('written');
});

test('what HubSpot said and what the operator decided do not overwrite each other', async () => {
  using it = await setup();
  const accounts = it.process();
  await Promise.all([accounts.claim(KEY, it.bot), accounts.remember(KEY, { state: 'inactive', at: 1 })]);
  expect(await it.process().list()).toMatchObject([{ ...KEY, bot: it.bot, told: { state: 'inactive' } }]);
});

test('an account of which only HubSpot spoke is listed, and belongs to nobody', async () => {
  using it = await setup();
  await it.process().remember(KEY, { state: 'active', name: 'Parley', inboxId: '7', at: 1 });
  const accounts = it.process();
  expect(await accounts.list()).toMatchObject([{ ...KEY, bot: undefined }]);
  expect([await accounts.claimed(), await accounts.find(KEY.account)]).toEqual([[], undefined]);
});

test('what serves an account is made once, and anew after the account has changed', async () => {
  using it = await setup();
  await it.process().claim(KEY, it.bot);
  const made: string[] = [];
  const make = ({ bot }: { bot: { callbackUrl: string } }) => made.push(bot.callbackUrl);
  const before = perAccount(it.process(), make);
  expect([await before(KEY.account), await before(KEY.account)]).toEqual([1, 1]);
  const other = it.process();
  await other.change(await it.found(), { ...it.bot, callbackUrl: 'https://bot.example/elsewhere' });
  await perAccount(other, make)(KEY.account);
  expect(made).toEqual([CALLBACK, 'https://bot.example/elsewhere']);
});

test('a delivery for an account that no bot has is a dead letter that says how to give it one', async () => {
  using it = await setup();
  const asked = perAccount(it.process(), () => 1)(KEY.account);
  await expect(asked).rejects.toThrow(TerminalError);
  await expect(asked).rejects.toThrow(/belongs to no bot: .*accounts add/);
});

test('a look that is done is over, and one that was asked for meanwhile is made again', async () => {
  using it = await setup();
  await it.looks.request(KEY);
  const [first] = await it.looks.due({ count: 10 });
  if (!first) throw new Error('no look is due');
  await it.looks.request(KEY);
  await it.looks.end(first);
  const [second] = await it.looks.due({ count: 10 });
  if (!second) throw new Error('the second look was forgotten');
  await it.looks.end(second);
  expect(await it.looks.due({ count: 10 })).toEqual([]);
});

test('a look that taught nothing is put off, and comes at once when HubSpot speaks of the account again', async () => {
  using it = await setup();
  await it.looks.request(KEY);
  const [look] = await it.looks.due({ count: 10 });
  if (!look) throw new Error('no look is due');
  await it.looks.end(look, { againInMs: 60_000 });
  expect(await it.looks.due({ count: 10 })).toEqual([]);
  await it.looks.request(KEY);
  expect(await it.looks.due({ count: 10 })).toMatchObject([KEY]);
});
