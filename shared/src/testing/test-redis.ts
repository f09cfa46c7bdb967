import { randomBytes } from 'node:crypto';

/** The Redis that serves this test run, and a namespace that no other test knows: all of Parley's keys derive from one. */
export function testRedis(): { url: string; namespace: string } {
  const { PARLEY_TEST_REDIS_URL: url, PARLEY_TEST_NAMESPACE: run } = process.env;
  if (!url || !run)
    throw new Error("no Redis for this test: run it with the repository's jest.config.ts, which starts one");
  return { url, namespace: `${run}-${randomBytes(6).toString('hex')}` };
}
