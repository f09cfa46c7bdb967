import { expect, test } from '@jest/globals';
import { createLogger } from '@parley/shared/logging/logger';
import { connectPatient } from '@parley/shared/redis/connect';
import { testRedis } from '@parley/shared/testing/test-redis';
import { createWatch } from '@parley/shared/testing/watch';
import { startRounds, type Task } from './rounds.ts';

async function setup(tasks: Record<string, Task>) {
  const { url, namespace } = testRedis();
  const redis = connectPatient(url);
  await redis.connect();
  const rounds = startRounds(
    {
      redis,
      namespace,
      tasks: async () => new Map(Object.entries(tasks)),
      logger: createLogger({ service: 'test', level: 'silent' }),
    },
    1,
  );
  return {
    async [Symbol.asyncDispose]() {
      await rounds[Symbol.asyncDispose]();
      redis.disconnect();
    },
  };
}

test('a task that hangs holds up no other, and is not begun a second time meanwhile', async () => {
  const hanging = Promise.withResolvers<void>();
  const begun = { slow: 0, quick: 0 };
  await using _rounds = await setup({
    slow: () => {
      begun.slow += 1;
      return hanging.promise;
    },
    quick: async () => {
      begun.quick += 1;
    },
  });
  await createWatch().until(() => begun.quick > 5, 'the quick one is done round after round');
  expect(begun.slow).toBe(1);
  hanging.resolve();
  await createWatch().until(() => begun.slow > 1, 'the slow one is begun again');
});

test('a task that fails is tried again in the next round, and the others go on', async () => {
  const begun = { failing: 0, other: 0 };
  await using _rounds = await setup({
    failing: async () => {
      begun.failing += 1;
      throw new Error('in vain');
    },
    other: async () => {
      begun.other += 1;
    },
  });
  await createWatch().until(() => begun.failing > 2 && begun.other > 2, 'both go on');
  expect(begun.failing).toBeGreaterThan(2);
});
