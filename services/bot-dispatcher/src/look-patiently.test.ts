import { expect, test } from '@jest/globals';
import { NotYet, RetryableError, TerminalError } from '@parley/shared/failures';
import { createLookPatiently } from './look-patiently.ts';

const asked = (eventId: string) => ({ what: 'the thread', delivery: { lane: '1/a', eventId } });
const failing = () => Promise.reject(new RetryableError('HubSpot answered 503'));
const seeing = async () => 'seen';

/** Looks until something comes of it. */
async function lookToTheEnd(look: () => Promise<unknown>): Promise<{ waits: number; end: unknown }> {
  for (let waits = 0; ; waits++) {
    try {
      return { waits, end: await look() };
    } catch (thrown) {
      if (!(thrown instanceof NotYet)) throw thrown;
    }
  }
}

test('looks that fail come to an end, and those after them are as patient again', async () => {
  const lookPatiently = createLookPatiently({ lookAgainMs: 1, patienceMs: 20 });
  for (let attempt = 1; attempt <= 2; attempt++) {
    const { waits, end } = await lookToTheEnd(() => lookPatiently(asked('e-1'), failing));
    expect(waits).toBeGreaterThan(0);
    expect(end).toBeUndefined();
  }
});

test('a look that succeeds ends the waiting, and another delivery has a patience of its own', async () => {
  const lookPatiently = createLookPatiently({ lookAgainMs: 1, patienceMs: 20 });
  await expect(lookPatiently(asked('e-1'), failing)).rejects.toBeInstanceOf(NotYet);
  await lookToTheEnd(() => lookPatiently(asked('e-2'), failing));
  expect(await lookPatiently(asked('e-1'), seeing)).toBe('seen');
  await expect(lookPatiently(asked('e-1'), failing)).rejects.toBeInstanceOf(NotYet);
});

test('a look that can never succeed is not made again', async () => {
  const lookPatiently = createLookPatiently({ lookAgainMs: 1, patienceMs: 60_000 });
  expect(await lookPatiently(asked('e-1'), () => Promise.reject(new TerminalError('gone')))).toBeUndefined();
});
