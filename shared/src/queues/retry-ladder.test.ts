import { expect, test } from '@jest/globals';
import { CHAT_LADDER, pauseMs, REPORT_LADDER } from './retry-ladder.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const sum = (steps: readonly number[]) => steps.reduce((total, step) => total + step, 0);

test('a message of the chat is tried 20 times within about a quarter of an hour, five of the pauses in the first minute', () => {
  expect(CHAT_LADDER.length + 1).toBe(20);
  expect(CHAT_LADDER.slice(0, 5)).toEqual([1, 2, 5, 10, 30].map((seconds) => seconds * SECOND));
  expect(new Set(CHAT_LADDER.slice(5))).toEqual(new Set([MINUTE]));
  expect(sum(CHAT_LADDER.slice(0, 5))).toBeLessThan(MINUTE);
  expect(sum(CHAT_LADDER) / MINUTE).toBeCloseTo(14.8, 1);
});

test('a report is tried 13 times within about seven hours', () => {
  expect(REPORT_LADDER.length + 1).toBe(13);
  expect(REPORT_LADDER.slice(0, 6)).toEqual([
    2 * SECOND,
    5 * SECOND,
    30 * SECOND,
    2 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
  ]);
  expect(new Set(REPORT_LADDER.slice(6))).toEqual(new Set([HOUR]));
  expect(sum(REPORT_LADDER) / HOUR).toBeCloseTo(6.7, 1);
});

test.each([
  ['chat', CHAT_LADDER],
  ['report', REPORT_LADDER],
])('a pause of the %s ladder is never shorter than the one before', (_name, ladder) => {
  expect(ladder.toSorted((one, other) => one - other)).toEqual(ladder);
});

test('chance adds up to a fifth and takes nothing away, so that what failed together comes back apart', () => {
  const pauses = Array.from({ length: 500 }, () => pauseMs([10_000], 1));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(10_000);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(12_000);
  expect(new Set(pauses).size).toBeGreaterThan(50);
});

test('nothing is tried before the time that the other side named', () => {
  for (let round = 0; round < 100; round++) expect(pauseMs([1_000], 1, 60_000)).toBeGreaterThanOrEqual(60_000);
});
