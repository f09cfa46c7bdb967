import { describe, expect, test } from '@jest/globals';
import { startDemoBot } from '@parley/demo-bot/service';
import { createBotSecrets } from '@parley/shared/accounts/account';
import { parley } from './cli-process.ts';
import { openBrowser } from './open-browser.ts';
import { type ConnectParts, install, withoutToken } from './open-connect.ts';
import { said } from './start.ts';

const WAIT = { timeout: 15_000 };

/** What HubSpot opens when an administrator picks the channel for a new inbox. */
function pick({ sandbox: { simulator, account }, environment }: ConnectParts) {
  const inboxId = simulator.administrator.addInbox(account.portal, { name: 'Sales & <Service>', type: 'HELP_DESK' });
  const channelId = environment.HUBSPOT_CHANNEL_ID ?? '';
  return new URL(simulator.administrator.connectChannel(account.portal, { channelId, inboxId }));
}

/** An account that has installed the app, and has its popup open. */
async function picked({ installed = true } = {}) {
  const parts = await withoutToken();
  if (installed) await install(parts);
  for (const channel of parts.sandbox.simulator.channels())
    channel.channelAccountConnectionRedirectUrl = `${parts.connect.url}/connect`;
  return { ...parts, popup: pick(parts), [Symbol.asyncDispose]: parts[Symbol.asyncDispose] };
}

/** The query of the popup with some of it changed; undefined leaves it out. */
function changed(popup: URL, given: Readonly<Record<string, string | undefined>>): URLSearchParams {
  const query = new URLSearchParams(popup.searchParams);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  }
  return query;
}

const open = async (popup: URL, query = popup.searchParams) => {
  const response = await fetch(`${popup.origin}${popup.pathname}?${query}`);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const press = async (popup: URL, fields: Readonly<Record<string, string | undefined>> = {}) => {
  const body = changed(popup, { name: 'Chatbot', ...fields });
  const response = await fetch(popup.origin + popup.pathname, { method: 'POST', body, redirect: 'manual' });
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
};

const staged = ({ sandbox }: ConnectParts) =>
  sandbox.simulator.requests().filter(({ path }) => path.includes('channel-account-staging-tokens'));

describe('an administrator who picks the channel for an inbox', () => {
  test('names the account in the popup, and its bot converses through it once an operator has given it to one', async () => {
    await using parts = await withoutToken();
    const { sandbox, environment } = parts;
    await install(parts);
    const applied = await parley(['channel', 'apply'], {
      ...environment,
      HUBSPOT_DEVELOPER_KEY: sandbox.simulator.app.developerKey,
      HUBSPOT_APP_ID: sandbox.simulator.app.id,
    });
    expect(applied.printed).toContain(`connectUrl: unset -> "${environment.CONNECT_URL}/connect"`);
    const popup = pick(parts);
    const browser = await openBrowser();
    try {
      const settings = await browser.newPage();
      await settings.goto(sandbox.simulator.inboxUrl);
      const [page] = await Promise.all([
        settings.waitForEvent('popup'),
        settings.evaluate(`void window.open(${JSON.stringify(popup.href)}, '', 'width=600,height=600')`),
      ]);
      await page.getByText('Sales & <Service>').waitFor(WAIT);
      await page.getByLabel('Name that agents see').fill('Sales bot');
      await page.getByRole('button', { name: 'Connect' }).click();
      await page.getByText('Connected.').waitFor(WAIT);
      expect(await page.evaluate('window.opener !== null')).toBe(true);
    } finally {
      await browser.close();
    }
    const made = async () => (await sandbox.accounts.list()).find(({ told }) => told?.name === 'Sales bot');
    await sandbox.until(async () => (await made()) !== undefined, 'the account is known');
    expect(await made()).toMatchObject({
      bot: undefined,
      told: { state: 'active', inboxId: popup.searchParams.get('inboxId') },
    });

    const { printed } = await parley(['accounts', 'list'], environment);
    const [command = ''] = /(?<=npm run parley -- )accounts add .*(?= …)/.exec(printed) ?? [];
    const secrets = createBotSecrets();
    await using bot = await startDemoBot({
      port: 0,
      host: '127.0.0.1',
      parleyUrl: environment.PUBLIC_URL ?? '',
      botToken: secrets.token,
      signingSecret: secrets.signingSecret,
    });
    const added = await parley([...command.split(' '), bot.callbackUrl], {
      ...environment,
      BOT_TOKEN: secrets.token,
      BOT_SIGNING_SECRET: secrets.signingSecret,
    });
    expect(added.complained).toBe('');
    const visitor = bot.visitor();
    visitor.say('Do you ship to Oslo?');
    visitor.requestAgent({ name: 'Ada Lovelace' });
    await bot.received.until(({ event }) => event?.type === 'handoff.accepted');
    visitor.say('And to Bergen?');
    await sandbox.settled();
    const [thread] = sandbox.simulator.threads();
    expect(thread && said(thread)).toContain('And to Bergen?');
    sandbox.simulator.agent.reply(thread?.id ?? '', 'To both');
    await bot.received.until(({ event }) => event?.type === 'agent.message' && event.data.text === 'To both');
  }, 60_000);

  test('gets an account that HubSpot can tell from every other, whatever its name', async () => {
    await using parts = await picked();
    for (const popup of [parts.popup, pick(parts)]) {
      const { status, location } = await press(popup);
      expect([status, location]).toEqual([303, popup.searchParams.get('redirectUrl')]);
      expect(await (await fetch(location ?? '')).text()).toContain('Connected');
    }
    const list = await parley(['accounts', 'list'], parts.environment);
    expect(new Set(list.printed.match(/"Chatbot", identifier "parley-[^"]+"/g)).size).toBe(2);
  });

  test('may press twice, as long as HubSpot has not made the account', async () => {
    await using parts = await picked();
    expect((await press(parts.popup)).status).toBe(303);
    expect((await press(parts.popup)).status).toBe(303);
  });

  test('is told when it is connected already, with a way back', async () => {
    await using parts = await picked();
    await fetch((await press(parts.popup)).location ?? '');
    const { status, text } = await press(parts.popup);
    expect(status).toBe(409);
    expect(text).toContain('connected already');
    expect(text).toContain(`href="${parts.popup.searchParams.get('redirectUrl')}"`);
  });

  test('who waited for too long is told to pick the channel again, and nobody sees the token', async () => {
    await using parts = await picked();
    parts.sandbox.simulator.configure({ stagingTokenSeconds: 0 });
    const { status, text } = await press(parts.popup);
    expect(status).toBe(404);
    expect(text).toContain('pick the channel again');
    const token = parts.popup.searchParams.get('accountToken') ?? 'none';
    expect(`${text}${parts.lines.join('')}`).not.toContain(token);
    expect(parts.lines.join('')).toContain('does not know this connection');
  });

  test('is asked for patience while HubSpot is away', async () => {
    await using parts = await picked();
    parts.sandbox.simulator.faults.down();
    const opened = await open(parts.popup);
    expect([opened.status, opened.text]).toEqual([503, expect.stringContaining('could not be asked')]);
    expect((await press(parts.popup)).status).toBe(503);
    parts.sandbox.simulator.faults.up();
    expect((await press(parts.popup)).status).toBe(303);
  });

  test('of an account that took its consent back is sent to the install, however one hears of it', async () => {
    await using parts = await picked();
    parts.sandbox.simulator.administrator.uninstall(parts.sandbox.account.portal);
    const first = await open(parts.popup);
    const known = await open(parts.popup);
    expect([first.status, first.text]).toEqual([403, expect.stringContaining('/install')]);
    expect([known.status, known.text]).toEqual([403, expect.stringContaining('took its consent back')]);
  });
});

describe('the page that connects an inbox', () => {
  const REFUSED: readonly [string, Record<string, string | undefined>, number][] = [
    ['no token', { accountToken: undefined }, 400],
    ['an empty token', { accountToken: '' }, 400],
    ['a token that leads out of its path', { accountToken: '..' }, 400],
    ['no channel', { channelId: undefined }, 400],
    ['another channel', { channelId: '1' }, 403],
    ['no inbox', { inboxId: undefined }, 400],
    ['an inbox that is no id', { inboxId: '481939/../1' }, 400],
    ['a portal that is no id', { portalId: 'ours' }, 400],
    ['a portal that this Parley does not serve', { portalId: '55' }, 403],
    ['no way back', { redirectUrl: undefined }, 400],
  ];

  test.each(REFUSED)('refuses %s, by address and by form, and asks HubSpot nothing', async (_what, given, status) => {
    await using parts = await picked();
    const asked = parts.sandbox.simulator.requests().length;
    expect((await open(parts.popup, changed(parts.popup, given))).status).toBe(status);
    expect((await press(parts.popup, given)).status).toBe(status);
    expect(parts.sandbox.simulator.requests()).toHaveLength(asked);
  });

  test('refuses what comes twice', async () => {
    await using parts = await picked();
    const query = changed(parts.popup, {});
    query.append('redirectUrl', 'https://evil.example/');
    expect((await open(parts.popup, query)).status).toBe(400);
  });

  test('leads no browser away from HubSpot', async () => {
    await using parts = await picked();
    const { host } = new URL(parts.sandbox.simulator.url);
    const elsewhere = [
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example/',
      'javascript:alert(1)',
      'https://app.hubspot.com.evil.example/',
      'https://app.hubspot.com@evil.example/',
      'https://app.hubspot.com:8443/',
      'http://app.hubspot.com/',
      'https://cdn2.hubspot.net/hubfs/1/page.html',
      `http://${host}@evil.example/`,
      `http://${host}.evil.example/`,
      `https://evil.example/?${host}`,
      `https://${host}/`,
    ];
    for (const redirectUrl of elsewhere) {
      const opened = await open(parts.popup, changed(parts.popup, { redirectUrl }));
      const pressed = await press(parts.popup, { redirectUrl });
      expect([redirectUrl, opened.status, pressed.status, pressed.location]).toEqual([redirectUrl, 400, 400, null]);
      expect(`${opened.text}${pressed.text}`).not.toContain('evil.example');
    }
    expect(staged(parts)).toEqual([]);
  });

  test('says what an inbox that is not there is, and takes no name that is none', async () => {
    await using parts = await picked();
    expect((await open(parts.popup, changed(parts.popup, { inboxId: '1' }))).status).toBe(404);
    for (const name of ['', '  ', 'x'.repeat(101), undefined])
      expect((await press(parts.popup, { name })).status).toBe(400);
    expect((await press(parts.popup, { name: 'x'.repeat(20_000) })).status).toBe(413);
    expect(staged(parts)).toEqual([]);
  });

  test('repeats nothing as markup, and lets its form lead to itself and to HubSpot alone', async () => {
    await using parts = await picked();
    const { text, headers } = await open(
      parts.popup,
      changed(parts.popup, { accountToken: 'a"><script>alert(1)</script>' }),
    );
    expect(text).toContain('Sales &amp; &lt;Service&gt;');
    expect(text).not.toContain('<script');
    const hubspot = new URL(parts.sandbox.simulator.url).origin;
    expect(headers.get('content-security-policy')?.split(';')).toContain(`form-action 'self' ${hubspot}`);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('of a portal that has not installed the app says so', async () => {
    await using parts = await picked({ installed: false });
    const { status, text } = await open(parts.popup);
    expect([status, text]).toEqual([403, expect.stringContaining('has not installed the app')]);
  });

  test('leaves HubSpot to the visitors, however many strangers open it', async () => {
    await using parts = await picked();
    const before = parts.sandbox.simulator.requests().length;
    const strangers = await Promise.all(Array.from({ length: 60 }, () => open(parts.popup)));
    const shown = strangers.filter(({ status }) => status === 200).length;
    expect(strangers.filter(({ status }) => status === 429)).toHaveLength(60 - shown);
    // Five in ten seconds, which may begin while they come.
    expect([5, 10]).toContain(shown);
    expect(parts.sandbox.simulator.requests()).toHaveLength(before + shown);
  });
});
