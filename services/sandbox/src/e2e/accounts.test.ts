import { describe, expect, test } from '@jest/globals';
import { startDemoBot } from '@parley/demo-bot/service';
import { createBotSecrets, sealSecrets } from '@parley/shared/accounts/account';
import { ChannelAccountId, PortalId } from '@parley/shared/contracts/ids';
import { openInstalls } from '@parley/shared/hubspot/oauth/installs';
import { connectPatient } from '@parley/shared/redis/connect';
import type { Sandbox } from '../sandbox.ts';
import { handOff, said, startTestSandbox } from './start.ts';

const OTHER = { portal: PortalId.parse('7700770'), account: ChannelAccountId.parse('770077') };
const TOKEN = 'access-token-of-the-other-portal';

/** A second HubSpot account, which has installed the app, and a second bot that its channel account belongs to. */
async function withOther(sandbox: Sandbox) {
  const stack = new AsyncDisposableStack();
  const { environment, simulator, seal } = sandbox;
  const portal = simulator.addPortal({
    portalId: OTHER.portal,
    channelAccountId: OTHER.account,
    accessToken: TOKEN,
    deliveryIdentifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'the-other' },
  });
  const redis = stack.adopt(connectPatient(environment.REDIS_URL ?? ''), (connection) => connection.disconnect());
  const now = Date.now();
  await openInstalls({ redis, namespace: environment.REDIS_NAMESPACE ?? '', seal }).keep({
    portal: OTHER.portal,
    accessToken: TOKEN,
    refreshToken: 'unused',
    issuedAt: now,
    expiresAt: now + 3_600_000,
    scopes: [],
  });
  const secrets = createBotSecrets();
  const bot = stack.use(
    await startDemoBot({
      port: 0,
      host: '127.0.0.1',
      parleyUrl: environment.PUBLIC_URL ?? '',
      botToken: secrets.token,
      signingSecret: secrets.signingSecret,
    }),
  );
  await sandbox.accounts.claim(OTHER, {
    callbackUrl: bot.callbackUrl,
    ...sealSecrets(secrets, { account: OTHER.account, seal }),
  });
  return { portal, bot, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** The agents' words that a bot got. */
const heardBy = ({ received }: Sandbox['bot']) =>
  received.all().flatMap(({ event }) => (event?.type === 'agent.message' ? [event.data.text] : []));

describe('two bots, each with a HubSpot account', () => {
  test('have conversations of the same id at once, and neither hears a word of the other', async () => {
    await using sandbox = await startTestSandbox();
    await using other = await withOther(sandbox);
    const { visitor, thread } = await handOff(sandbox);
    const stranger = other.bot.visitor(visitor.conversationId);
    stranger.requestAgent({ name: 'Grace Hopper', email: 'grace@example.com' });
    await stranger.until((_lines, mode) => mode === 'waiting');
    visitor.say('from the first');
    stranger.say('from the second');
    const strangers = () => other.portal.threads()[0];
    const saidThere = () => said(strangers() ?? { messages: [] });
    await sandbox.simulator.until(
      () => said(thread).includes('from the first') && saidThere().includes('from the second'),
    );
    await sandbox.settled();
    const spoken = [...said(thread), ...saidThere()].filter((text) => text.startsWith('from'));
    expect(spoken).toEqual(['from the first', 'from the second']);

    sandbox.simulator.agent.reply(thread.id, 'to the first');
    sandbox.simulator.agent.reply(strangers()?.id ?? '', 'to the second');
    await sandbox.settled();
    expect([heardBy(sandbox.bot), heardBy(other.bot)]).toEqual([['to the first'], ['to the second']]);
    expect(other.portal.contacts().map(({ properties }) => properties.email)).toEqual(['grace@example.com']);
  });

  test('a HubSpot account that took its consent back waits alone', async () => {
    await using sandbox = await startTestSandbox();
    await using other = await withOther(sandbox);
    sandbox.simulator.administrator.uninstall(OTHER.portal);
    other.bot.visitor().requestAgent({ name: 'Grace Hopper' });
    const { visitor, thread } = await handOff(sandbox);
    visitor.say('on we go');
    await sandbox.simulator.until(() => said(thread).includes('on we go'));
    await sandbox.until(
      () => sandbox.attempts.some(({ lane, outcome }) => lane.startsWith(OTHER.account) && outcome === 'snoozed'),
      'the other portal waits',
    );
    expect(other.portal.threads()).toEqual([]);
  });

  test('a lost webhook of either is made good', async () => {
    await using sandbox = await startTestSandbox();
    await using other = await withOther(sandbox);
    const visitor = other.bot.visitor();
    visitor.requestAgent({ name: 'Grace Hopper' });
    await other.bot.received.until(({ event }) => event?.type === 'handoff.accepted');
    sandbox.simulator.connect({ channelWebhookUrl: `${sandbox.environment.PUBLIC_URL}/nobody/is/here` });
    sandbox.simulator.agent.reply(other.portal.threads()[0]?.id ?? '', 'nobody told you');
    sandbox.simulator.agent.close(other.portal.threads()[0]?.id ?? '');
    await other.bot.received.until(({ event }) => event?.type === 'handoff.closed');
    expect(heardBy(other.bot)).toEqual(['nobody told you']);
  });
});

const toldOf = async ({ accounts, account }: Sandbox) =>
  (await accounts.list()).find((one) => one.account === account.account)?.told?.state;

describe('what HubSpot says of a channel account', () => {
  test('is asked for when an administrator switches the account off and on', async () => {
    await using sandbox = await startTestSandbox();
    const { administrator } = sandbox.simulator;
    const { account } = sandbox.account;
    administrator.switchAccount(account, false);
    await sandbox.until(async () => (await toldOf(sandbox)) === 'inactive', 'it is known to be inactive');
    administrator.switchAccount(account, true);
    await sandbox.until(async () => (await toldOf(sandbox)) === 'active', 'it is known to be active');
    administrator.purgeAccount(account);
    await sandbox.until(async () => (await toldOf(sandbox)) === 'gone', 'it is known to be gone');
  });

  test('of one that an administrator has just connected, makes it known before any bot has it', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator, account } = sandbox;
    const inboxId = simulator.administrator.addInbox(account.portal, { name: 'Sales', type: 'INBOX' });
    const { HUBSPOT_ACCESS_TOKEN: token, HUBSPOT_CHANNEL_ID: channel } = sandbox.environment;
    await fetch(`${simulator.url}/conversations/custom-channels/2026-03/${channel}/channel-accounts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        inboxId,
        name: 'Sales chat',
        authorized: true,
        deliveryIdentifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'sales' },
      }),
    });
    const made = async () => (await sandbox.accounts.list()).find(({ told }) => told?.name === 'Sales chat');
    await sandbox.until(async () => (await made()) !== undefined, 'it is known');
    expect(await made()).toMatchObject({ portal: account.portal, bot: undefined, told: { state: 'active', inboxId } });
  });
});
