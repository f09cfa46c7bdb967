import { describe, expect, test } from '@jest/globals';
import { type HowSigned, startReadyBench } from './testing/bench.ts';
import { agentWebhook, closedEvent } from './testing/hubspot.ts';
import { problemOf } from './testing/problem.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-02T10:07:01.000Z');

const body = Buffer.from(JSON.stringify(agentWebhook({ text: 'Grüße 👋 שלום' })));
const oneByteOff = Buffer.from(body.map((byte, at) => (at === 40 ? byte ^ 1 : byte)));

describe('a webhook is refused when', () => {
  test.each<[string, HowSigned, string]>([
    ['it was signed for another address', { signedUrl: 'https://elsewhere.example/v1' }, 'does not match'],
    ['it was signed with another secret', { clientSecret: 'not-ours' }, 'does not match'],
    ['one byte was changed', { signedBody: oneByteOff }, 'does not match'],
    ['it is older than five minutes', { at: NOW - 5 * MINUTE - 1 }, 'more than five minutes away'],
    ['it is from five minutes ahead', { at: NOW + 5 * MINUTE + 1 }, 'more than five minutes away'],
    ['its time is no number', { at: Number.NaN }, 'not a decimal number'],
    ['it is signed by v2, which the setting leaves out', { version: 'v2' }, 'no signature of an accepted version'],
    ['it is signed by v1, which the setting leaves out', { version: 'v1' }, 'no signature of an accepted version'],
  ])('%s', async (_what, how, reason) => {
    await using bench = await startReadyBench({}, { now: () => NOW });
    const problem = await problemOf(await bench.sendWebhook('channel', body, how), 401);
    expect(problem.detail).toContain(reason);
    expect(bench.refusals).toMatchObject([
      { route: '/v1/hubspot/channel', status: 401, reason: expect.stringContaining(reason) },
    ]);
    expect(await bench.laneOf('unknown-thread-176347007', 'agent-messages')).toEqual([]);
  });

  test('it is not signed at all', async () => {
    await using bench = await startReadyBench();
    const path = `/v1/hubspot/channel/${bench.config.HUBSPOT_WEBHOOK_TOKEN}`;
    await problemOf(await bench.post(path, body), 401);
    expect(await bench.laneOf('unknown-thread-176347007', 'agent-messages')).toEqual([]);
  });
});

describe('a webhook is taken when', () => {
  test.each<[string, HowSigned]>([
    ['it is almost five minutes old', { at: NOW - 5 * MINUTE }],
    ['it is almost five minutes ahead', { at: NOW + 5 * MINUTE }],
    ['its address has a query, which is signed too', { query: '?a=b%20c' }],
  ])('%s', async (_what, how) => {
    await using bench = await startReadyBench({}, { now: () => NOW });
    expect((await bench.sendWebhook('channel', body, how)).status).toBe(200);
    expect(await bench.laneOf('unknown-thread-176347007', 'agent-messages')).toHaveLength(1);
  });

  test('a proxy has taken a prefix off the public address', async () => {
    await using bench = await startReadyBench({ PUBLIC_URL: 'https://example.com/parley/' });
    expect(bench.config.PUBLIC_URL).toBe('https://example.com/parley');
    expect((await bench.sendWebhook('channel', body)).status).toBe(200);
  });
});

describe('the versions of the setting', () => {
  test('v2 is taken where the setting names it', async () => {
    await using bench = await startReadyBench({ HUBSPOT_SIGNATURES: 'v3, v2' });
    expect((await bench.sendWebhook('channel', body, { version: 'v2' })).status).toBe(200);
  });

  test('none, where the setting names it, lets in what the channel sends unsigned, and nothing signed wrongly', async () => {
    await using bench = await startReadyBench({ HUBSPOT_SIGNATURES: 'v3,none' });
    expect((await bench.sendWebhook('channel', body, { version: 'none' })).status).toBe(200);
    await problemOf(await bench.sendWebhook('channel', body, { clientSecret: 'other' }), 401);
    await problemOf(await bench.sendWebhook('channel', body, { version: 'v2' }), 401);
    await problemOf(await bench.sendWebhook('events', [closedEvent()], { version: 'none' }), 401);
  });

  test('v1, where the setting names it, is taken for subscriptions and never for the channel', async () => {
    await using bench = await startReadyBench({ HUBSPOT_SIGNATURES: 'v3,v1' });
    expect((await bench.sendWebhook('events', [closedEvent()], { version: 'v1' })).status).toBe(200);
    await problemOf(await bench.sendWebhook('channel', body, { version: 'v1' }), 401);
  });
});

describe('the token in the path', () => {
  test.each(['channel', 'events'] as const)(
    'to a wrong one there is nothing at %s, whatever is signed',
    async (route) => {
      await using bench = await startReadyBench();
      const problem = await problemOf(await bench.sendWebhook(route, body, { token: 'x'.repeat(64) }), 404);
      expect(bench.refusals).toMatchObject([{ status: 404, reason: 'wrong token in the path' }]);
      const nothing = await problemOf(await fetch(`${bench.url}/v1/nothing`), 404);
      expect(problem).toEqual(nothing);
    },
  );

  test('no log line tells it, nor another secret', async () => {
    await using bench = await startReadyBench();
    await bench.sendWebhook('channel', body);
    await bench.sendWebhook('channel', agentWebhook({ id: '' }));
    await bench.sendWebhook('channel', body, { clientSecret: 'other' });
    await bench.sendWebhook('events', [closedEvent()]);
    const { HUBSPOT_WEBHOOK_TOKEN, HUBSPOT_CLIENT_SECRET } = bench.config;
    await fetch(`${bench.url}/v1/hubspot/channel/${HUBSPOT_WEBHOOK_TOKEN}`);
    await fetch(`${bench.url}/v1/hubspot/channel/${HUBSPOT_WEBHOOK_TOKEN}%ff`, { method: 'POST' });
    const log = bench.lines.join('');
    expect(log.match(/"msg":"(accepted|refused|ignored)"/g)).toHaveLength(6);
    for (const secret of [HUBSPOT_WEBHOOK_TOKEN, HUBSPOT_CLIENT_SECRET, bench.token]) expect(log).not.toContain(secret);
  });
});
