import { describe, expect, test } from '@jest/globals';
import { install, withoutToken } from './open-connect.ts';
import { handOff, said } from './start.ts';

describe('an account that installs the app', () => {
  test('lets go on what had waited for it, and no message has lost an attempt', async () => {
    await using parts = await withoutToken();
    const { sandbox } = parts;
    const visitor = sandbox.bot.visitor();
    visitor.requestAgent({ name: 'Ada' });
    await sandbox.until(() => sandbox.attempts.some((line) => line.outcome === 'snoozed'), 'the portal waits');
    expect(await install(parts)).toMatchObject({ status: 200, text: expect.stringContaining('The app is installed') });
    await visitor.until((_lines, mode) => mode === 'waiting', 60_000);
    await sandbox.until(() => sandbox.simulator.threads().length === 1, 'the thread', 60_000);
    expect(sandbox.attempts.every((line) => line.attempt === 1)).toBe(true);
  }, 120_000);

  test('gets a new token when the old one ends, and nobody notices', async () => {
    await using parts = await withoutToken();
    const { sandbox } = parts;
    await install(parts);
    const { visitor, thread } = await handOff(sandbox);
    sandbox.simulator.faults.answer(401, { operation: 'publish' });
    visitor.say('after the end of the token');
    await sandbox.simulator.until(() => said(thread).includes('after the end of the token'));
    await sandbox.settled();
    expect(sandbox.attempts.filter((line) => line.outcome !== 'delivered')).toEqual([]);
  });
});

describe('the way to an install', () => {
  test('works once, and only in the browser that began it', async () => {
    await using parts = await withoutToken();
    const first = await install(parts);
    const again = await fetch(first.back, { headers: { cookie: first.cookie } });
    expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('was not begun here')]);
    const other = await fetch(`${parts.connect.url}/install`, { redirect: 'manual' });
    const back = parts.sandbox.simulator.administrator.consent(other.headers.get('location') ?? '', {
      portalId: parts.sandbox.account.portal,
    });
    expect((await fetch(back)).status).toBe(400);
  });

  test('tells an account that did not consent what to do, and keeps nothing', async () => {
    await using parts = await withoutToken();
    expect(await install(parts, { agreed: false })).toMatchObject({
      status: 400,
      text: expect.stringMatching(/did not consent.*Professional or higher/s),
    });
  });

  test('shows nothing of what a stranger puts into the address, as HTML', async () => {
    await using parts = await withoutToken();
    const begun = await fetch(`${parts.connect.url}/install`, { redirect: 'manual' });
    const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    const query = new URLSearchParams({ state, error: 'x', error_description: '<script>alert(1)</script>' });
    const page = await fetch(`${parts.connect.url}/oauth/callback?${query}`, { headers: { cookie } });
    expect(await page.text()).toContain('&lt;script&gt;');
  });
});
