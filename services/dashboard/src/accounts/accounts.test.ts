import { expect, test } from '@jest/globals';
import type { Bot, Told } from '@parley/shared/accounts/account';
import { ChannelAccountId, PortalId } from '@parley/shared/contracts/ids';
import { startBench } from '../testing/bench.ts';

const BOT: Bot = {
  callbackUrl: 'https://bot.example/parley?key=hidden',
  tokenDigest: 'the-digest',
  signingSecret: 'sealed',
};
const portal = PortalId.parse('48448169');
const key = (account: string) => ({ portal, account: ChannelAccountId.parse(account) });
const told = (state: Told['state']): Told => ({ state, name: 'Our <b>chatbot</b>', inboxId: '481939', at: Date.now() });

test('an account is shown with its portal, its inbox, its bot and how HubSpot says that it stands, and with no secret', async () => {
  await using bench = await startBench();
  await bench.accounts.claim(key('1'), BOT);
  await bench.accounts.remember(key('1'), told('active'));
  const browser = await bench.signIn();
  const { text } = await browser.get('/accounts');
  for (const shown of ['Our &lt;b&gt;chatbot&lt;/b&gt;', '48448169', '481939', 'bot.example', 'active'])
    expect(text).toContain(shown);
  expect(text).not.toMatch(/hidden|the-digest|sealed/);
  expect((await browser.get('/')).text).not.toContain('need a person');
});

test.each([
  ['inactive', 'switches it on in HubSpot'],
  ['unauthorized', 'accounts enable --account 1'],
  ['archived', 'Restore it'],
  ['gone', 'accounts add'],
] as const)('an account that is %s needs a person, who is told what to do', async (state, remedy) => {
  await using bench = await startBench();
  await bench.accounts.claim(key('1'), BOT);
  await bench.accounts.remember(key('1'), told(state));
  const browser = await bench.signIn();
  expect((await browser.get('/')).text).toContain('1 channel account that HubSpot does not serve');
  expect((await browser.get('/accounts')).text).toContain(remedy);
});

test('an account that was disabled on purpose is shown with the time, and alarms nobody', async () => {
  await using bench = await startBench();
  await bench.accounts.claim(key('1'), { ...BOT, disabledAt: Date.UTC(2026, 0, 5, 10) });
  await bench.accounts.remember(key('1'), told('unauthorized'));
  const browser = await bench.signIn();
  expect((await browser.get('/accounts')).text).toMatch(/disabled<\/span>.*since <time datetime="2026-01-05T10:00/);
  expect((await browser.get('/')).text).not.toContain('need a person');
});

test('an account that agents write into and no bot has is shown with their number and the command that gives it to one', async () => {
  await using bench = await startBench();
  await bench.accounts.claim(key('1'), BOT);
  await bench.accounts.remember(key('7'), told('active'));
  const browser = await bench.signIn();
  expect((await browser.get('/')).text).not.toContain('need a person');
  await bench.accounts.countUnclaimed(key('7'));
  await bench.accounts.countUnclaimed(key('7'));
  const { text } = await browser.get('/accounts');
  expect(text).toMatch(/data-label="Webhooks"><span class="bad-ink">2</);
  expect(text).toContain('accounts add --portal 48448169 --account 7');
  expect((await browser.get('/')).text).toContain('1 channel account that agents write into and no bot has');
});

test('a deleted account that no bot has is not shown: nobody can do anything about it', async () => {
  await using bench = await startBench();
  await bench.accounts.remember(key('7'), told('gone'));
  await bench.accounts.countUnclaimed(key('7'));
  expect((await (await bench.signIn()).get('/accounts')).text).not.toContain('no bot has');
});

test('a portal that took its consent back is shown with the reason until there is a new one', async () => {
  await using bench = await startBench();
  await bench.installs.needsConsent(portal, 'HubSpot answered <400>');
  const browser = await bench.signIn();
  expect((await browser.get('/')).text).toContain('1 portal without consent');
  expect((await browser.get('/accounts')).text).toMatch(
    /Portal 48448169 took its consent back.*HubSpot answered &lt;400&gt;[\s\S]*CONNECT_URL&gt;\/install/,
  );
  const now = Date.now();
  await bench.installs.keep({ portal, accessToken: 'a', refreshToken: 'r', issuedAt: now, expiresAt: now, scopes: [] });
  expect((await browser.get('/')).text).not.toContain('without consent');
});

test('accounts are for operators only', async () => {
  await using bench = await startBench();
  expect((await bench.stranger().get('/accounts')).status).toBe(303);
});
