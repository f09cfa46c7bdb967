import { expect, test } from '@jest/globals';
import { clockCheck } from './clock-check.ts';

const found = (leadMs: number | undefined) => clockCheck({ clockLeadMs: async () => leadMs }).run();

test.each([
  ['ahead', 240_000],
  ['behind', -240_000],
])("a clock that is minutes %s of HubSpot's is told by how much, and what it will cost", async (how, leadMs) => {
  expect(await found(leadMs)).toEqual({
    status: 'failed',
    detail: `it is 240 s ${how}`,
    remedy: expect.stringContaining('Synchronise it (NTP): webhooks'),
  });
});

test('a clock within a minute is right, and of a HubSpot that tells no time nothing is said', async () => {
  expect(await found(-59_000)).toMatchObject({ status: 'ok' });
  expect(await found(undefined)).toMatchObject({ status: 'skipped' });
});
