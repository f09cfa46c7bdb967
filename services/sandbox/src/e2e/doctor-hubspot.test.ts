import { describe, expect, test } from '@jest/globals';
import { sealSecrets } from '@parley/shared/accounts/account';
import { ChannelAccountId } from '@parley/shared/contracts/ids';
import { parley } from './cli-process.ts';
import { botOf, examined } from './examined.ts';
import { startTestSandbox } from './start.ts';

describe('parley doctor on a HubSpot account', () => {
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

  test('of a token without the scopes: that the app needs them', async () => {
    await using sandbox = await startTestSandbox();
    sandbox.simulator.grant('poor', { scopes: ['oauth'] });
    const { failed } = await examined({ ...sandbox.environment, HUBSPOT_ACCESS_TOKEN: 'poor' });
    expect(failed).toMatchObject([{ remedy: expect.stringContaining('scopes') }]);
  });

  test('of scopes or a plan that leave out custom channels: which they have to be', async () => {
    await using sandbox = await startTestSandbox();
    sandbox.simulator.grant('of-a-free-plan', { scopes: ['oauth', 'conversations.read'] });
    const { failed } = await examined({ ...sandbox.environment, HUBSPOT_ACCESS_TOKEN: 'of-a-free-plan' });
    expect(failed).toMatchObject([
      {
        name: 'portal 48448169: its scopes and its plan open custom channels',
        remedy: expect.stringContaining('Sales Hub or Service Hub, Professional or higher'),
      },
    ]);
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
      ...sealSecrets({ ...sandbox.secrets, token: 'of another bot' }, { ...other, seal: sandbox.seal }),
    });
    const { failed } = await examined(sandbox.environment);
    expect(failed).toMatchObject([
      { name: 'account 1: it is in the channel', remedy: expect.stringContaining('accounts list') },
    ]);
  });

  test('of an account whose inbox is gone: that it cannot move', async () => {
    await using sandbox = await startTestSandbox();
    Object.assign(sandbox.simulator.account, { inboxId: '1' });
    const { failed } = await examined(sandbox.environment);
    expect(failed).toMatchObject([
      { detail: 'there is no inbox 1 any more', remedy: expect.stringContaining('An account cannot move') },
    ]);
  });

  test('of two accounts that agents cannot tell apart: which they are, and that the bridge works all the same', async () => {
    await using sandbox = await startTestSandbox();
    const { name } = sandbox.simulator.account;
    const add = ['accounts', 'add', '--inbox', 'Conversations Inbox', '--name', name, '--identifier', 'another'];
    await parley([...add, '--callback-url', (await botOf(sandbox)).callbackUrl], sandbox.environment);
    const { warned } = await examined(sandbox.environment);
    expect(warned).toMatchObject([
      {
        detail: expect.stringMatching(/^898158620 and \d+ are "parley" in inbox 481939$/),
        remedy: expect.stringContaining('Archive in HubSpot'),
      },
    ]);
  });
});
