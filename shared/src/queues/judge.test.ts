import { describe, expect, test } from '@jest/globals';
import { RetryableError, TerminalError } from '../failures.ts';
import { judge } from './judge.ts';

const ladder = [1_000, 5_000];

/** The pause of a retry, without what chance adds. */
const retryBetween = (verdict: ReturnType<typeof judge>, leastMs: number) => {
  expect(verdict.kind).toBe('retried');
  if (verdict.kind !== 'retried') return;
  expect(verdict.inMs).toBeGreaterThanOrEqual(leastMs);
  expect(verdict.inMs).toBeLessThanOrEqual(leastMs * 1.2);
};

describe('a failure of the message', () => {
  test('is retried at the step of its attempt, and is dead after the attempt that follows the last step', () => {
    const failure = new RetryableError('HubSpot answered 500');
    retryBetween(judge(failure, { ladder, attempt: 1 }), 1_000);
    retryBetween(judge(failure, { ladder, attempt: 2 }), 5_000);
    expect(judge(failure, { ladder, attempt: 3 })).toEqual({ kind: 'dead' });
  });

  test('with a Retry-After later than the step waits for it, with an earlier one for the step', () => {
    const later = new RetryableError('busy', { retryAfterMs: 30_000 });
    retryBetween(judge(later, { ladder, attempt: 1 }), 30_000);
    const earlier = new RetryableError('busy', { retryAfterMs: 1_000 });
    retryBetween(judge(earlier, { ladder, attempt: 2 }), 5_000);
  });

  test('of the bot costs an attempt, whatever it asks for', () => {
    const failure = new RetryableError('busy', { retryAfterMs: 30_000 });
    expect(judge(failure, { ladder, attempt: 3 })).toEqual({ kind: 'dead' });
  });

  test('that is terminal is dead at the first attempt', () => {
    expect(judge(new TerminalError('never'), { ladder, attempt: 1 })).toEqual({ kind: 'dead' });
  });
});

describe('a failure of the portal', () => {
  test('is snoozed for as long as HubSpot names, and for ten seconds when it names nothing', () => {
    const named = new RetryableError('429', { scope: 'portal', retryAfterMs: 2_500 });
    expect(judge(named, { ladder, attempt: 1 })).toEqual({ kind: 'snoozed', forMs: 2_500 });
    const silent = new RetryableError('401', { scope: 'portal' });
    expect(judge(silent, { ladder, attempt: 1 })).toEqual({ kind: 'snoozed', forMs: 10_000 });
  });

  test('is never the death of a message, though it has no attempt left', () => {
    const failure = new RetryableError('429', { scope: 'portal' });
    expect(judge(failure, { ladder, attempt: 3 }).kind).toBe('snoozed');
    expect(judge(failure, { ladder: [], attempt: 1 }).kind).toBe('snoozed');
  });
});

describe('a failure of neither kind', () => {
  test.each([[new TypeError('undefined is not a function')], ['a thrown word'], [undefined]])(
    'is our bug: retried like any other, and dead in the end (%s)',
    (failure) => {
      retryBetween(judge(failure, { ladder, attempt: 2 }), 5_000);
      expect(judge(failure, { ladder, attempt: 3 })).toEqual({ kind: 'dead' });
    },
  );
});
