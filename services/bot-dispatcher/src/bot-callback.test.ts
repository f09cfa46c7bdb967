import { describe, expect, test } from '@jest/globals';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import { startAnsweringServer } from '@parley/shared/testing/answering-server';
import { Webhook } from 'standardwebhooks';
import { answeringBot, event, signingSecret } from './testing/answering-bot.ts';

describe('the request', () => {
  test('is the event as JSON, signed as the standard library verifies it, with the id of the event as webhook-id', async () => {
    await using it = await answeringBot({ status: 204 });
    await it.call();
    const [{ method, url, headers, body } = { method: '', url: '', headers: {}, body: undefined }] = it.bot.heard;
    expect([method, url, headers['content-type']]).toEqual(['POST', '/hook', 'application/json']);
    expect(body).toEqual(event);
    expect(headers['webhook-id']).toBe('msg-1');
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const webhook = new Webhook(signingSecret);
    expect(webhook.verify(JSON.stringify(body), signed)).toEqual(event);
    expect(() => webhook.verify(JSON.stringify({ ...event, id: 'msg-2' }), signed)).toThrow('No matching signature');
    const other = `whsec_${Buffer.alloc(32, 'x').toString('base64')}`;
    expect(() => new Webhook(other).verify(JSON.stringify(body), signed)).toThrow('No matching signature');
  });

  test('of a further attempt has the same id, so that the bot knows it again', async () => {
    await using it = await answeringBot({ status: 500 }, { status: 200 });
    await it.failure();
    expect(await it.call()).toEqual({ kind: 'delivered' });
    expect(it.bot.heard.map(({ headers }) => headers['webhook-id'])).toEqual(['msg-1', 'msg-1']);
  });
});

describe('the answer', () => {
  test.each([200, 201, 202, 204])('%i is delivered', async (status) => {
    await using it = await answeringBot({ status });
    expect(await it.call()).toEqual({ kind: 'delivered' });
  });

  test('2xx is delivered though its body never ends, since nobody reads it', async () => {
    await using it = await answeringBot('stall');
    expect(await it.call()).toEqual({ kind: 'delivered' });
    await it.bot.givenUp;
  });

  test('409 is a duplicate: the bot had it already', async () => {
    await using it = await answeringBot({ status: 409, body: { had: 'it' } });
    expect(await it.call()).toEqual({ kind: 'duplicate' });
  });

  test('410 is terminal', async () => {
    await using it = await answeringBot({ status: 410 });
    const failure = await it.failure();
    expect(failure).toBeInstanceOf(TerminalError);
    expect(failure).toMatchObject({ name: 'TerminalError', message: expect.stringContaining('410') });
  });

  test.each([
    [429, '30', 30_000],
    [503, '30', 30_000],
    [503, '86400', 15 * 60_000],
    [429, 'soon', undefined],
  ])('%i with Retry-After %s is for later', async (status, after, retryAfterMs) => {
    await using it = await answeringBot({ status, headers: { 'retry-after': after } });
    expect(await it.failure()).toMatchObject({ name: 'RetryableError', retryAfterMs });
  });

  test.each([400, 401, 404, 500, 502])('%i deserves another attempt', async (status) => {
    await using it = await answeringBot({ status, body: 'oops' });
    const failure = await it.failure();
    expect(failure).toMatchObject({ name: 'RetryableError', retryAfterMs: undefined });
    expect(failure.message).toBe(`the bot answered ${status} to agent.message msg-1`);
  });

  test.each([301, 302, 307, 308])('%i is not followed, since the signature would go elsewhere', async (status) => {
    await using elsewhere = await startAnsweringServer({ status: 200 });
    await using it = await answeringBot({ status, headers: { location: elsewhere.url } });
    expect(await it.failure()).toBeInstanceOf(RetryableError);
    expect(elsewhere.heard).toEqual([]);
  });
});
