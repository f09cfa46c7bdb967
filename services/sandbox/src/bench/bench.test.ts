import { expect, test } from '@jest/globals';
import { redisProgram } from '@parley/shared/testing/own-redis';
import { runBench } from './bench.ts';
import { rows } from './rows.ts';

const testWithServer = redisProgram ? test : test.skip;

/** A row starts up to six processes, which takes a busy machine longer than what they then do. */
const STARTED_MS = 120_000;

testWithServer.each(rows)(
  'the row $name measures something of each that it compares',
  async ({ measure }) => {
    const figures = await measure('tiny');
    expect(figures.length).toBeGreaterThan(0);
    for (const { what, unit, values } of figures) {
      expect([what, unit]).not.toContain('');
      expect(Object.values(values)).not.toEqual([]);
      for (const value of Object.values(values)) expect(value).toBeGreaterThanOrEqual(0);
    }
  },
  STARTED_MS,
);

const ignore = () => undefined;

test('a row or a size that is none is told with those that are', async () => {
  await expect(runBench(['pipelines'], ignore)).rejects.toThrow('pipeline, ');
  await expect(runBench(['--size', 'huge'], ignore)).rejects.toThrow('tiny, usual, nightly');
});
