import { expect, test } from '@jest/globals';
import { pauseMs } from './pause-length.ts';

test.each([
  ['that has just begun is asked about after a second', 0, 1_000],
  ['of a quarter of an hour is asked about within a tenth of that, and a minute at most', 15 * 60_000, 60_000],
  ['of two minutes is asked about after a tenth of that', 120_000, 12_000],
  ['that a clock behind ours has not seen begin is asked about after a second', -5_000, 1_000],
])('trouble %s', (_, lastsMs, forMs) => {
  expect(pauseMs(lastsMs)).toBe(forMs);
});
