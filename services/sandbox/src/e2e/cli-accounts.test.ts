import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { ChannelAccountId } from '@parley/shared/contracts/ids';
import type { Sandbox } from '../sandbox.ts';
import { parley } from './cli-process.ts';
import { handOff, said, startTestSandbox } from './start.ts';

const CALLBACK = ['--callback-url', 'https://bot.example/parley'];
const ADD = ['accounts', 'add', '--inbox', 'conversations inbox', '--name', 'Our chatbot', ...CALLBACK];

/** The account that `accounts add` speaks of. */
const idIn = (printed: string) => ChannelAccountId.parse(/Channel account (\d+)/.exec(printed)?.[1]);

const created = ({ simulator }: Sandbox) =>
  simulator.requests().filter(({ method, status }) => method === 'POST' && status === 201);

describe('parley accounts add', () => {
  test('connects the channel to an inbox by its name, gives the connection to a bot, and shows the secrets once', async () => {
    await using sandbox = await startTestSandbox();
    const { code, printed } = await parley(ADD, sandbox.environment);
    expect(code).toBe(0);
    expect(printed).toMatch(/^BOT_TOKEN=[0-9a-f]{64}\nBOT_SIGNING_SECRET=whsec_\S{44}$/m);
    const list = await parley(['accounts', 'list'], sandbox.environment);
    expect(list.printed).toMatch(
      /"Conversations Inbox"[\s\S]*"Our chatbot", identifier "our-chatbot", active[^\n]*\n +bot at https:\/\/bot\.example\/parley/,
    );
    expect(list.printed).not.toMatch(/whsec_|BOT_TOKEN/);
  });

  test('takes the secrets that the environment brings, and prints none', async () => {
    await using sandbox = await startTestSandbox();
    const token = 'a-token-that-was-made-by-a-machine-elsewhere';
    const given = { BOT_TOKEN: token, BOT_SIGNING_SECRET: `whsec_${'A'.repeat(43)}=` };
    const { printed } = await parley(ADD, { ...sandbox.environment, ...given });
    expect(printed).not.toContain('BOT_TOKEN');
    expect(await sandbox.accounts.findByToken(token)).toMatchObject({ account: idIn(printed) });
    expect((await parley(ADD, { ...sandbox.environment, ...given })).code).toBe(0);
    const second = await parley([...ADD, '--name', 'Another'], { ...sandbox.environment, ...given });
    expect([second.code, second.complained]).toEqual([1, expect.stringContaining('has this BOT_TOKEN')]);
    const weak = await parley(ADD, { ...sandbox.environment, ...given, BOT_SIGNING_SECRET: 'weak' });
    expect(weak.complained).toContain('BOT_SIGNING_SECRET must be whsec_');
  });

  test('given again, makes no second account, and names the bot that has the first', async () => {
    await using sandbox = await startTestSandbox();
    await parley(ADD, sandbox.environment);
    const { code, complained } = await parley(ADD, sandbox.environment);
    expect(code).toBe(1);
    expect(complained).toMatch(/Channel account \d+ belongs to the bot at https:\/\/bot\.example/);
    expect(created(sandbox)).toHaveLength(1);
  });

  test('takes an account that HubSpot has and that no bot has, instead of making another', async () => {
    await using sandbox = await startTestSandbox();
    await parley(ADD, { ...sandbox.environment, REDIS_NAMESPACE: 'of-a-parley-that-is-gone' });
    const { code } = await parley(ADD, sandbox.environment);
    expect(code).toBe(0);
    expect(created(sandbox)).toHaveLength(1);
  });

  test('of an account that HubSpot made inactive says who switches it on', async () => {
    await using sandbox = await startTestSandbox();
    sandbox.simulator.configure({ newAccounts: 'inactive' });
    expect((await parley(ADD, sandbox.environment)).printed).toContain('switches it on');
  });

  test.each([
    ['an inbox that there is none of', ['--inbox', 'Support'], '"Conversations Inbox" (481939, INBOX)'],
    ['an account that there is none of', ['--account', '1'], 'The channel has no account 1'],
    ['an account that is none', ['--account', 'ours'], 'The channel has no account ours'],
    ['an address with a password', ['--callback-url', 'https://me:hidden@bot.example'], 'holds a user or a password'],
    ['a portal that is none', ['--portal', 'ours'], '"ours" is no Hub ID'],
    ['an address that is none', ['--callback-url', 'bot'], '"bot" is no http(s) address'],
  ])('%s is answered with what would do', async (_what, asked, answer) => {
    await using sandbox = await startTestSandbox();
    const { code, complained } = await parley([...ADD, ...asked], sandbox.environment);
    expect(code).toBe(1);
    expect(complained).toContain(answer);
    expect(complained).not.toContain('    at ');
  });
});

describe('parley accounts', () => {
  test('disable refuses the bot and keeps agents from answering; enable takes both back', async () => {
    await using sandbox = await startTestSandbox();
    const { bot, simulator, environment, secrets } = sandbox;
    const { thread } = await handOff(sandbox);
    const account = ['--account', sandbox.account.account];
    const send = () =>
      fetch(`${environment.PUBLIC_URL}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secrets.token}`, 'content-type': 'application/json' },
        body: '[]',
      });
    const answer = async () => (await send()).status;

    expect((await parley(['accounts', 'disable', ...account], environment)).code).toBe(0);
    expect(simulator.account.authorized).toBe(false);
    await sandbox.until(async () => (await answer()) === 403, 'the bot is refused');
    expect(await (await send()).json()).toMatchObject({ detail: expect.stringContaining('accounts enable') });

    expect((await parley(['accounts', 'enable', ...account], environment)).code).toBe(0);
    await sandbox.until(async () => (await answer()) === 400, 'the bot is let in');
    expect(simulator.account.authorized).toBe(true);
    simulator.agent.reply(thread.id, 'Here we are again');
    await bot.received.until(({ event }) => event?.type === 'agent.message');
    expect(said(thread)).toContain('Here we are again');
  });

  test('forget lets go of an account that HubSpot has no more', async () => {
    await using sandbox = await startTestSandbox();
    const { account } = sandbox.account;
    sandbox.simulator.administrator.purgeAccount(account);
    const disable = await parley(['accounts', 'disable', '--account', account], sandbox.environment);
    expect([disable.code, disable.complained]).toEqual([1, expect.stringContaining('accounts forget')]);
    expect((await parley(['accounts', 'forget', '--account', account], sandbox.environment)).code).toBe(0);
    await sandbox.until(async () => (await sandbox.accounts.find(account)) === undefined, 'no bot has it');
  });

  test('change leaves the secrets as they are, whatever the environment has, unless it is told otherwise', async () => {
    await using sandbox = await startTestSandbox();
    const given = { BOT_TOKEN: 'b'.repeat(40), BOT_SIGNING_SECRET: `whsec_${'B'.repeat(43)}=` };
    const environment = { ...sandbox.environment, ...given };
    const change = ['accounts', 'change', '--account', sandbox.account.account];
    expect((await parley(change, environment)).complained).toContain('Nothing is to be changed');
    await parley([...change, ...CALLBACK], environment);
    expect(await sandbox.accounts.findByToken(given.BOT_TOKEN)).toBeUndefined();
    await parley([...change, '--new-secrets'], environment);
    expect(await sandbox.accounts.findByToken(given.BOT_TOKEN)).toMatchObject(sandbox.account);
  });

  test('change gives the bot another address, and new secrets that end the old ones', async () => {
    await using sandbox = await startTestSandbox();
    const { account } = sandbox.account;
    const change = ['accounts', 'change', '--account', account, ...CALLBACK, '--new-secrets'];
    const { printed } = await parley(change, sandbox.environment);
    const token = /^BOT_TOKEN=(\w+)$/m.exec(printed)?.[1] ?? '';
    await sandbox.until(async () => (await sandbox.accounts.findByToken(token)) !== undefined, 'the new token counts');
    expect(await sandbox.accounts.findByToken(sandbox.secrets.token)).toBeUndefined();
    expect((await sandbox.accounts.find(account))?.bot.callbackUrl).toBe('https://bot.example/parley');
  });
});

test('parley reseal lets go of the old key, and everything goes on with the new one alone', async () => {
  await using sandbox = await startTestSandbox();
  const { SEAL_KEYS: old = '' } = sandbox.environment;
  const renewed = randomBytes(32).toString('base64');
  const refused = await parley(['reseal'], { ...sandbox.environment, SEAL_KEYS: renewed });
  expect([refused.code, refused.complained]).toEqual([
    1,
    expect.stringContaining('no key for the secret of account 898'),
  ]);
  const { code, printed } = await parley(['reseal'], { ...sandbox.environment, SEAL_KEYS: `${renewed},${old}` });
  expect([code, printed]).toEqual([0, expect.stringContaining('1 signing secrets, 0 installs')]);
  const { printed: report } = await parley(['doctor'], { ...sandbox.environment, SEAL_KEYS: renewed });
  expect(report).toMatch(/^ok +account 898158620: the bot takes what Parley signs/m);
});
