import { expect, test } from '@jest/globals';
import { disposedTogether } from './disposed-together.ts';

test('no part waits for another, and a failure keeps none from its end', async () => {
  const heard = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const ended: string[] = [];
  /** Ends only when the other one has been told, too. */
  const part = (own: 0 | 1, name: string) => ({
    async [Symbol.asyncDispose]() {
      heard[own].resolve();
      await heard[own === 0 ? 1 : 0].promise;
      ended.push(name);
    },
  });
  const parts = disposedTogether();
  parts.use(part(0, 'one'));
  parts.use({ [Symbol.asyncDispose]: () => Promise.reject(new Error('broken')) });
  parts.use(part(1, 'other'));
  await expect(parts[Symbol.asyncDispose]()).rejects.toMatchObject({ errors: [new Error('broken')] });
  expect(ended.toSorted()).toEqual(['one', 'other']);
});
