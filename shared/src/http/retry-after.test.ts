import { expect, test } from '@jest/globals';
import { retryAfterMs } from './retry-after.ts';

const HOUR = 3_600_000;

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toUTCString();

test.each([
  ['30', 30_000],
  [' 30 ', 30_000],
  ['1.5', 1_500],
])('a number is seconds: %j', (header, expected) => {
  expect(retryAfterMs(header, HOUR)).toBe(expected);
});

test('a date is the time until then', () => {
  const pause = retryAfterMs(inSeconds(120), HOUR);
  expect(pause).toBeGreaterThan(115_000);
  expect(pause).toBeLessThanOrEqual(120_000);
});

test.each(['0', '0.2', inSeconds(-60), 'Thu, 01 Jan 1970 00:00:00 GMT'])(
  'no pause is shorter than a second: %j',
  (header) => {
    expect(retryAfterMs(header, HOUR)).toBe(1_000);
  },
);

test.each(['86400', '9'.repeat(400), inSeconds(86_400)])('no pause is longer than we allow: %j', (header) => {
  expect(retryAfterMs(header, HOUR)).toBe(HOUR);
});

test.each([undefined, null, '', '  ', 'soon', 'NaN', '1e9 apples', 'Infinity'])(
  'what is absent or makes no sense names no pause: %j',
  (header) => {
    expect(retryAfterMs(header, HOUR)).toBeUndefined();
  },
);
