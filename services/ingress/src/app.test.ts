import { request } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { digestOf } from '@parley/shared/accounts/account';
import { ChannelAccountId, PortalId } from '@parley/shared/contracts/ids';
import { startReadyBench } from './testing/bench.ts';
import { visitorMessage } from './testing/events.ts';
import { agentWebhook } from './testing/hubspot.ts';
import { problemOf } from './testing/problem.ts';

const MIB = 1_048_576;

/** One event of exactly so many bytes, filled with spaces, which JSON does not mind. */
const padded = (bytes: number) => JSON.stringify(visitorMessage('e1')).padEnd(bytes);

describe('who may post', () => {
  test.each([
    ['no token', ''],
    ['a wrong token', `Bearer ${'0'.repeat(64)}`],
    ['a token that only begins right', 'Bearer half'],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
  ])('%s is answered 401 with what to send', async (_what, authorization) => {
    await using bench = await startReadyBench();
    const given = authorization === 'Bearer half' ? `Bearer ${bench.token.slice(0, 32)}` : authorization;
    const response = await bench.post('/v1/events', padded(0), { authorization: given });
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="parley"');
    expect((await problemOf(response, 401)).detail).toContain('send Authorization: Bearer');
    expect(await bench.laneOf('conversation-1')).toEqual([]);
  });

  test('a bot whose account is disabled is answered 403 with who can change that, and nothing is taken', async () => {
    await using bench = await startReadyBench();
    await bench.disable();
    const problem = await problemOf(await bench.sendEvents(visitorMessage('e1')), 403);
    expect(problem.detail).toContain('parley accounts enable');
    expect(await bench.laneOf('conversation-1')).toEqual([]);
  });

  test('each bot speaks for its own account', async () => {
    await using bench = await startReadyBench();
    const other = { portal: PortalId.parse('7'), account: ChannelAccountId.parse('9') };
    await bench.accounts.claim(other, { ...bench.bot, tokenDigest: digestOf('the-other-token') });
    const event = JSON.stringify(visitorMessage('e1'));
    await bench.post('/v1/events', event, { authorization: 'Bearer the-other-token' });
    expect(await bench.laneOf('conversation-1')).toEqual([]);
    expect(await bench.laneOf('conversation-1', 'visitor-messages', other.account)).toHaveLength(1);
  });

  test('a wrong token is answered before the body is there', async () => {
    await using bench = await startReadyBench();
    const status = await new Promise((resolve, reject) => {
      const sending = request(`${bench.url}/v1/events`, { method: 'POST', headers: { 'content-length': 1_000 } });
      sending.on('response', (response) => {
        resolve(response.statusCode);
        sending.destroy();
      });
      sending.on('error', reject);
      sending.write('{');
    });
    expect(status).toBe(401);
  });
});

describe('a body is refused with a word about itself when it', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  test.each<[string, string | Buffer<ArrayBuffer> | undefined, string]>([
    ['is missing', undefined, 'the body is empty'],
    ['is empty', '', 'the body is empty'],
    ['is cut off', '{"id": "e1", "secretly":', 'not valid JSON'],
    ['is not UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 'not UTF-8'],
    ['is nested a hundred thousand levels deep', deep, 'nested deeper than 32 levels'],
    ['has a key __proto__', '{"data": {"__proto__": {"text": "hi"}}}', 'called __proto__'],
  ])('%s', async (_what, body, detail) => {
    await using bench = await startReadyBench();
    const problem = await problemOf(await bench.post('/v1/events', body), 400);
    expect(problem.detail).toContain(detail);
    expect(bench.lines.join()).not.toContain('secretly');
  });

  test.each([
    ['is not called JSON', { 'content-type': 'text/plain' }, 'Content-Type: application/json'],
    ['is compressed', { 'content-encoding': 'gzip' }, 'may not be compressed'],
  ])('%s', async (_what, headers, detail) => {
    await using bench = await startReadyBench();
    const problem = await problemOf(await bench.post('/v1/events', padded(0), headers), 415);
    expect(problem.detail).toContain(detail);
  });

  test('has more than a mebibyte, and the limit is named; exactly a mebibyte is taken', async () => {
    await using bench = await startReadyBench();
    const problem = await problemOf(await bench.post('/v1/events', padded(MIB + 1)), 413);
    expect(problem.detail).toContain('1048576 bytes');
    expect(await bench.laneOf('conversation-1')).toEqual([]);
    expect((await bench.post('/v1/events', padded(MIB))).status).toBe(202);
  });
});

describe('addresses and methods', () => {
  test.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])(
    '%s at /v1/events is answered 405 with what is allowed',
    async (method) => {
      await using bench = await startReadyBench();
      const headers = { authorization: `Bearer ${bench.token}` };
      const response = await fetch(`${bench.url}/v1/events`, { method, headers });
      expect(response.headers.get('allow')).toBe('POST');
      await problemOf(response, 405);
    },
  );

  test.each(['/', '/v1', '/v1/events/1', '/v1/hubspot/channel', '/metrics', '/%ff'])(
    'there is nothing at %s',
    async (path) => {
      await using bench = await startReadyBench();
      await problemOf(await fetch(bench.url + path), 404);
      expect(bench.refusals).toMatchObject([{ route: 'none', status: 404 }]);
    },
  );

  test('an address that is not percent-encoded UTF-8 is malformed', async () => {
    await using bench = await startReadyBench();
    await problemOf(await fetch(`${bench.url}/v1/hubspot/channel/%ff`, { method: 'POST' }), 400);
  });

  test('no answer says what it was made with, and all carry the headers that browsers heed', async () => {
    await using bench = await startReadyBench();
    for (const path of ['/healthz', '/v1/events', '/nothing']) {
      const { headers } = await fetch(bench.url + path);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test('a bug of ours is answered 500 without a word about it, and the log has it', async () => {
    await using bench = await startReadyBench(
      {},
      {
        now: () => {
          throw new RangeError('the clock fell off the wall');
        },
      },
    );
    const problem = await problemOf(await bench.sendWebhook('channel', agentWebhook(), { at: 0 }), 500);
    expect(JSON.stringify(problem)).not.toMatch(/clock|RangeError/);
    expect(bench.refusals).toEqual([{ route: '/v1/hubspot/channel', status: 500, reason: 'RangeError' }]);
    expect(bench.lines.join()).toContain('the clock fell off the wall');
  });
});
