import { describe, expect, test } from '@jest/globals';
import type { AgentFile } from '@parley/shared/contracts/agent-delivery';
import { createFileLinks } from '@parley/shared/file-links/file-links';
import { type Reply, startAnsweringServer } from '@parley/shared/testing/answering-server';
import { startBench } from './testing/bench.ts';
import { problemOf } from './testing/problem.ts';

const signed = (url: string): Reply => ({ status: 200, body: { url, expiresAt: '2026-11-02T10:00:00Z' } });
const ON_HUBSPOT = 'https://48448169.fs1.hubspotusercontent-na1.net/hubfs/a.png?Signature=x';

/** An ingress before a HubSpot that gives these replies. */
async function setup(...replies: [Reply, ...Reply[]]) {
  const stack = new AsyncDisposableStack();
  const hubspot = stack.use(await startAnsweringServer(...replies));
  const publicUrl = 'https://parley.example';
  const secret = 'a-client-secret-that-is-long-enough-to-be-one';
  let clock = Date.now();
  const bench = stack.use(
    await startBench(
      { HUBSPOT_API_URL: hubspot.url, HUBSPOT_CLIENT_SECRET: secret, PUBLIC_URL: publicUrl },
      { now: () => clock },
    ),
  );
  await bench.ready();
  const links = createFileLinks({ publicUrl, secret, now: () => clock });
  return {
    bench,
    hubspot,
    linkTo: (file: AgentFile) => links.linkTo({ portal: bench.account.portal, file }),
    later: (ms: number) => {
      clock += ms;
    },
    follow: (url: string, init: RequestInit = {}) =>
      fetch(url.replace(publicUrl, bench.url), { redirect: 'manual', ...init }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

describe("a link to an agent's file", () => {
  test('leads to a link of HubSpot that has a minute left at least, and is kept by nobody on the way', async () => {
    await using it = await setup(signed(ON_HUBSPOT), signed(`${ON_HUBSPOT}2`));
    const { url } = it.linkTo({ fileId: '1227', name: 'a.png' });
    const first = await it.follow(url);
    expect(first.status).toBe(302);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      location: ON_HUBSPOT,
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'cross-origin',
    });
    it.later(239_000);
    expect((await it.follow(url)).headers.get('location')).toBe(ON_HUBSPOT);
    it.later(1_000);
    expect((await it.follow(url)).headers.get('location')).toBe(`${ON_HUBSPOT}2`);
    expect(it.hubspot.heard).toMatchObject([
      { method: 'GET', url: '/files/v3/files/1227/signed-url?expirationSeconds=300' },
      { method: 'GET', url: '/files/v3/files/1227/signed-url?expirationSeconds=300' },
    ]);
  });

  test('leads to an image that has an address and no id', async () => {
    await using it = await setup(signed(ON_HUBSPOT));
    const { url } = it.linkTo({ url: 'https://f.hubspot.com/inline.png' });
    expect((await it.follow(url)).headers.get('location')).toBe('https://f.hubspot.com/inline.png');
    expect(it.hubspot.heard).toEqual([]);
  });

  test('leads nowhere but to HubSpot', async () => {
    await using it = await setup(signed('https://evil.example/a.png'));
    for (const file of [{ fileId: '1' }, { url: 'http://169.254.169.254/' }]) {
      const answer = await it.follow(it.linkTo(file).url);
      expect([answer.status, answer.headers.get('location')]).toEqual([404, null]);
    }
    expect(it.bench.refusals.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('lies on evil.example, which is not known'),
      expect.stringContaining('lies on 169.254.169.254, which is not known'),
    ]);
  });

  test('leads to the address that was looked at, and to nothing else that its letters may mean', async () => {
    await using it = await setup(signed(ON_HUBSPOT));
    const { url } = it.linkTo({ url: 'https://f.hub\tspot.com\0' });
    expect((await it.follow(url)).headers.get('location')).toBe('https://f.hubspot.com/');
  });

  test('is over after an hour, and a forged one never was', async () => {
    await using it = await setup(signed(ON_HUBSPOT));
    const { url } = it.linkTo({ fileId: '1227' });
    const forged = await it.follow(`${url.slice(0, -2)}xx`);
    await problemOf(forged, 404);
    it.later(3_600_000);
    await problemOf(await it.follow(url), 410);
    expect(it.hubspot.heard).toEqual([]);
  });

  test.each<[string, Reply, number]>([
    ['a file that HubSpot does not have, or not yet', { status: 404, body: { status: 'error', message: 'no' } }, 404],
    ['a HubSpot that is down', { status: 503 }, 503],
    ['a token that HubSpot refuses', { status: 401, body: { category: 'INVALID_AUTHENTICATION' } }, 503],
    ['a connection that breaks', 'reset', 503],
    ['an app without the scope for files', { status: 403, body: { category: 'MISSING_SCOPES' } }, 404],
  ])('to %s is answered with when to ask again', async (_, reply, status) => {
    await using it = await setup(reply);
    const answer = await it.follow(it.linkTo({ fileId: '1227' }).url);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, '5']);
  });

  test('costs HubSpot one call in some seconds, also while HubSpot has no file for it', async () => {
    await using it = await setup({ status: 404, body: { status: 'error', message: 'no' } }, signed(ON_HUBSPOT));
    const { url } = it.linkTo({ fileId: '1227' });
    for (let uses = 0; uses < 5; uses += 1) expect((await it.follow(url)).status).toBe(404);
    expect(it.hubspot.heard).toHaveLength(1);
    it.later(5_000);
    expect((await it.follow(url)).status).toBe(302);
  });

  test('without the scope for files pauses nothing: the next file is asked for', async () => {
    await using it = await setup({ status: 403, body: { category: 'MISSING_SCOPES' } }, signed(ON_HUBSPOT));
    expect((await it.follow(it.linkTo({ fileId: '1' }).url)).status).toBe(404);
    expect((await it.follow(it.linkTo({ fileId: '2' }).url)).status).toBe(302);
  });

  test('is for GET alone', async () => {
    await using it = await setup(signed(ON_HUBSPOT));
    const answer = await it.follow(it.linkTo({ fileId: '1227' }).url, { method: 'POST' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
  });
});
