import { describe, expect, test } from '@jest/globals';
import { type Answer, Refusal } from './exchange.ts';
import { failureOf } from './failure-of.ts';

const refused = (status: number, body: unknown = {}, headers: Answer['headers'] = {}) =>
  new Refusal({ status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) });

const failed = (refusal: Refusal, privateWords: string[] = []) =>
  failureOf(refusal, { what: 'publish event e1', privateWords });

describe('what HubSpot answers decides whose failure it is', () => {
  test.each([408, 500, 502, 503, 504, 521, 522, 523, 524])(
    '%i is worth another attempt, and may have been stored',
    (status) => {
      expect(failed(refused(status))).toMatchObject({ name: 'RetryableError', scope: 'message', certain: false });
    },
  );

  test.each([400, 402, 404, 405, 409, 410, 414, 415, 422])('%i is terminal for the message', (status) => {
    expect(failed(refused(status))).toMatchObject({ name: 'TerminalError' });
  });

  test.each([301, 302, 401, 403, 525, 526])('%i is configuration: the portal waits a minute', (status) => {
    const waits = { name: 'RetryableError', scope: 'portal', certain: true, retryAfterMs: undefined };
    expect(failed(refused(status))).toMatchObject(waits);
  });

  test('a channel that does not exist is configuration and not the fault of the message', () => {
    const body = { subCategory: 'ChannelIntegrationMessagePublishError.CHANNEL_DOES_NOT_EXIST' };
    expect(failed(refused(404, body))).toMatchObject({
      name: 'RetryableError',
      scope: 'portal',
      retryAfterMs: undefined,
    });
  });

  test.each([
    ['429', refused(429, { policyName: 'TEN_SECONDLY_ROLLING' }), 10_000],
    ['429 per second', refused(429, { policyName: 'SECONDLY' }), 1_000],
    ['429 with a time', refused(429, {}, { 'retry-after': '3' }), 3_000],
    ['429 without a pause', refused(429, {}, { 'retry-after': '0' }), 1_000],
    ['429 with nonsense', refused(429, 'slow down', { 'retry-after': 'soon' }), 10_000],
    ['423', refused(423), 2_000],
    ['401 with a time', refused(401, {}, { 'retry-after': '5' }), 5_000],
    ['477', refused(477), undefined],
    ['477 for hours', refused(477, {}, { 'retry-after': '7200' }), 7_200_000],
  ])('%s makes the portal wait', (_, refusal, retryAfterMs) => {
    expect(failed(refusal)).toMatchObject({ name: 'RetryableError', scope: 'portal', certain: true, retryAfterMs });
  });

  test('429 of the day makes the portal wait until it may be midnight somewhere', () => {
    const failure = failed(refused(429, { policyName: 'DAILY' }, { 'retry-after': '5' }));
    expect(failure).toMatchObject({ name: 'RetryableError', scope: 'portal' });
    const goesOn = new Date(Date.now() + Number(Object(failure).retryAfterMs));
    expect(goesOn.getUTCMinutes() % 15).toBe(0);
    expect(goesOn.getTime() - Date.now()).toBeLessThanOrEqual(905_000);
  });

  test('Retry-After may be a date', () => {
    const date = new Date(Date.now() + 100_000).toUTCString();
    const failure = failed(refused(503, {}, { 'retry-after': date }));
    expect(failure).toHaveProperty('retryAfterMs', expect.any(Number));
    expect(Number(Object(failure).retryAfterMs)).toBeGreaterThan(90_000);
  });

  test('an error of neither kind stays what it is', () => {
    const bug = new TypeError('cannot read properties of undefined');
    expect(failureOf(bug, { what: 'publish' })).toBe(bug);
  });
});

describe('what a failure tells', () => {
  test('is all that HubSpot said, and what was tried', () => {
    const refusal = refused(400, {
      status: 'error',
      message: 'Multiple errors validating request.',
      category: 'VALIDATION_ERROR',
      correlationId: 'aeb5f871-7f07-4993-9211-075dc63e7cbf',
      errors: [
        {
          message: 'Actor type VISITOR is not supported for sending',
          subCategory: 'ConversationsApiError.UNSUPPORTED_ACTOR_TYPE',
        },
        { message: 'must not be blank', in: 'senders' },
        'not even an object',
      ],
    });
    expect(failed(refusal)).toHaveProperty(
      'message',
      'HubSpot answered 400 VALIDATION_ERROR: Multiple errors validating request. ' +
        '(ConversationsApiError.UNSUPPORTED_ACTOR_TYPE: Actor type VISITOR is not supported for sending; senders: must not be blank) ' +
        '[correlationId aeb5f871-7f07-4993-9211-075dc63e7cbf] (publish event e1)',
    );
  });

  test.each([
    ['', 'of no type'],
    ['<html>', 'of no type'],
    ['[]', 'of no type'],
    ['"no"', 'of no type'],
  ])('is the bare status when the body is %j', (text) => {
    expect(failed(refused(404, text))).toHaveProperty('message', expect.stringContaining('HubSpot answered 404'));
  });

  test('stays short, however long HubSpot talks', () => {
    const long = 'x'.repeat(10_000);
    const errors = Array.from({ length: 100 }, () => ({ message: long, in: long }));
    const failure = failed(refused(400, { message: long, category: long, correlationId: long, errors }));
    expect(String(failure).length).toBeLessThan(2_000);
  });

  test('never repeats the visitor, though HubSpot does', () => {
    const message =
      'Email address ADA@Example.com of "Ada Lovelace" is invalid: "my dog (and cat)" bob@example.org +1 500 555-0006 on thread 176347007';
    const words = ['ada@example.com', 'Ada Lovelace', 'my dog (and cat)', ''];
    expect(failed(refused(400, { message, errors: [{ message }] }), words)).toHaveProperty(
      'message',
      'HubSpot answered 400: Email address [private] of "[private]" is invalid: "[private]" [e-mail] [phone] on thread 176347007 ' +
        '(Email address [private] of "[private]" is invalid: "[private]" [e-mail] [phone] on thread 176347007) (publish event e1)',
    );
  });
});
