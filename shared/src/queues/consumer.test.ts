import { describe, expect, test } from '@jest/globals';
import { ChannelAccountId } from '../contracts/ids.ts';
import { NotYet, RetryableError, TerminalError } from '../failures.ts';
import { lane, testQueue } from '../testing/test-queue.ts';
import { DeadLetter } from './dead-letters.ts';
import { encodeEntry } from './lane.ts';
import { WINDOW } from './lanes.ts';
import { delivered } from './outcome.ts';

const words = (count: number, of: string) => Array.from({ length: count }, (_, at) => `${of}-${at}`);

describe('order', () => {
  test('the messages of a conversation are delivered in the order of acceptance, though some fail at first', async () => {
    const seen: string[] = [];
    await using bench = await testQueue({
      handle: async (word, { number }) => {
        if (word.endsWith('3') && number < 3) throw new RetryableError('not now');
        seen.push(word);
        return delivered;
      },
    });
    await bench.accept(lane('a'), ...words(10, 'a'));
    await using _consumer = bench.start();
    await bench.accept(lane('b'), ...words(10, 'b'));
    await bench.until(() => seen.length === 20, 'all delivered');

    expect(seen.filter((word) => word.startsWith('a'))).toEqual(words(10, 'a'));
    expect(seen.filter((word) => word.startsWith('b'))).toEqual(words(10, 'b'));
  });

  test('conversations that are stuck, however many, delay no other of the same account', async () => {
    const seen: string[] = [];
    await using bench = await testQueue({
      ladder: [60_000],
      handle: async (word) => {
        if (word.startsWith('stuck')) throw new RetryableError('the other side is down');
        seen.push(word);
        return delivered;
      },
    });
    await using _consumer = bench.start();
    for (const word of words(100, 'stuck')) await bench.accept(lane(word), word);
    await bench.until(() => bench.attempts.length === 100, 'each has failed and waits for a minute');
    await bench.accept(lane('quiet'), 'quiet');
    await bench.until(() => seen.includes('quiet'), 'the quiet one is served');
  });

  test('conversations that came too early and are tried again, more than have a slot, delay no other', async () => {
    const over = Promise.withResolvers<void>();
    const again: string[] = [];
    await using bench = await testQueue({
      handle: async (word) => {
        if (word === 'quiet') return delivered;
        if (bench.attempts.every(({ eventId }) => eventId !== word)) throw new NotYet('no place', 1);
        again.push(word);
        bench.changed();
        await over.promise;
        return delivered;
      },
    });
    await using _consumer = bench.start();
    using _ = { [Symbol.dispose]: over.resolve };
    for (const word of words(40, 'early')) await bench.accept(lane(word), word);
    await bench.until(() => again.length === 40, 'each is tried again');
    await bench.accept(lane('quiet'), 'quiet');
    const served = () => bench.attempts.some(({ eventId, outcome }) => eventId === 'quiet' && outcome === 'delivered');
    await bench.until(served, 'the quiet one is served');
  });

  test('conversations of one account whose calls hang when they are tried again leave the process to everybody else', async () => {
    const over = Promise.withResolvers<void>();
    const hanging = new Set<string>();
    await using bench = await testQueue({
      handle: async (word) => {
        if (word.startsWith('quiet')) return delivered;
        if (bench.attempts.every(({ eventId }) => eventId !== word)) throw new NotYet('no place', 1);
        hanging.add(word);
        bench.changed();
        await over.promise;
        return delivered;
      },
    });
    const isDelivered = (word: string) =>
      bench.attempts.some(({ eventId, outcome }) => eventId === word && outcome === 'delivered');
    await using _consumer = bench.start();
    using _ = { [Symbol.dispose]: over.resolve };
    const stuck = words(100, 'stuck');
    for (const word of stuck) await bench.accept(lane(word), word);
    await bench.until(async () => {
      const waiting = await bench.queue.turns.getDelayed();
      return hanging.size + waiting.filter(({ attemptsStarted }) => attemptsStarted > 1).length === stuck.length;
    }, 'each is tried again, or told to come later');
    expect(hanging.size).toBe(2 * WINDOW);

    await bench.accept(lane('a'), 'quiet');
    await bench.accept(lane('a', ChannelAccountId.parse('770077')), "quiet, of another's");
    await bench.until(() => isDelivered('quiet') && isDelivered("quiet, of another's"), 'the quiet ones are served');
    over.resolve();
    await bench.until(() => stuck.every(isDelivered), 'all are delivered');
    expect(new Set(bench.attempts.map(({ attempt }) => attempt))).toEqual(new Set([1]));
  });

  test('a conversation with more messages than one turn may serve gives way to the others and is served to the end', async () => {
    const seen: string[] = [];
    await using bench = await testQueue({
      handle: async (word) => {
        seen.push(word);
        return delivered;
      },
    });
    await bench.accept(lane('long'), ...words(65, 'long'));
    await using _consumer = bench.start();
    await bench.until(() => seen.length === 65, 'all delivered');
    expect(seen).toEqual(words(65, 'long'));
  });
});

describe('once', () => {
  test('an event accepted twice is delivered once, also when it comes again after its delivery', async () => {
    const seen: string[] = [];
    await using bench = await testQueue({
      handle: async (word) => {
        seen.push(word);
        return delivered;
      },
    });
    await using _consumer = bench.start();
    expect(await bench.accept(lane('a'), 'one', 'one', 'two')).toEqual({ accepted: 2, duplicate: 1 });
    await bench.until(() => seen.length === 2, 'delivered');
    expect(await bench.accept(lane('a'), 'one')).toEqual({ accepted: 0, duplicate: 1 });
    expect(await bench.accept(lane('a'))).toEqual({ accepted: 0, duplicate: 0 });
    await bench.accept(lane('a'), 'three');
    await bench.until(() => seen.includes('three'), 'the next one is delivered');
    expect(seen).toEqual(['one', 'two', 'three']);
  });
});

describe('failures', () => {
  test('a message is tried once more than its ladder has steps and then is a dead letter; the conversation goes on', async () => {
    const mourned: string[] = [];
    await using bench = await testQueue({
      ladder: [1, 1],
      mourn: async (word) => void mourned.push(word),
      handle: async (word) => {
        if (word === 'bad') throw new RetryableError('HubSpot answered 500');
        return delivered;
      },
    });
    await using _consumer = bench.start();
    await bench.accept(lane('a'), 'bad', 'good');
    await bench.until(() => bench.attempts.some((line) => line.eventId === 'good'), 'the next is delivered');

    expect(bench.attempts.map((line) => [line.eventId, line.attempt, line.outcome])).toEqual([
      ['bad', 1, 'retried'],
      ['bad', 2, 'retried'],
      ['bad', 3, 'dead'],
      ['good', 1, 'delivered'],
    ]);
    expect(mourned).toEqual(['bad']);
    const { letters } = await bench.letters.list();
    expect(letters).toMatchObject([
      { eventId: 'bad', reason: 'HubSpot answered 500 (it may have arrived all the same)', attempts: 3 },
    ]);
  });

  test('a terminal failure is a dead letter at once', async () => {
    await using bench = await testQueue({
      handle: async () => {
        throw new TerminalError('HubSpot refused it: text is required');
      },
    });
    await using _consumer = bench.start();
    await bench.accept(lane('a'), 'bad');
    await bench.until(async () => (await bench.letters.list()).total === 1, 'buried');
    expect(bench.attempts).toMatchObject([{ outcome: 'dead', attempt: 1 }]);
  });

  test('what belongs to the portal costs a message no attempt', async () => {
    let refusals = 5;
    await using bench = await testQueue({
      ladder: [],
      handle: async () => {
        if (refusals-- > 0) throw new RetryableError('rate limited', { scope: 'portal', retryAfterMs: 1 });
        return delivered;
      },
    });
    await using _consumer = bench.start();
    await bench.accept(lane('a'), 'one');
    await bench.until(() => bench.attempts.some((line) => line.outcome === 'delivered'), 'delivered');
    expect(bench.attempts.map((line) => line.attempt)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('an entry that does not parse is a dead letter and blocks nothing', async () => {
    await using bench = await testQueue({ handle: async () => delivered });
    const odd = { lane: '898158620/a', eventId: 'odd', acceptedAt: 0, message: { not: 'a word' } };
    await bench.queue.addTurns((await bench.queue.lanes.accept([odd])).turns);
    await bench.accept(lane('a'), 'good');
    await using _consumer = bench.start();
    await bench.until(() => bench.attempts.some((line) => line.eventId === 'good'), 'the next is delivered');
    expect(bench.attempts).toMatchObject([{ eventId: 'odd', outcome: 'dead' }, { outcome: 'delivered' }]);
  });
});

describe('replay', () => {
  test('a replayed dead letter goes to the front of its lane, and the operator learns what passed it', async () => {
    let healthy = false;
    const seen: string[] = [];
    await using bench = await testQueue({
      handle: async (word) => {
        if (word === 'bad' && !healthy) throw new TerminalError('no');
        seen.push(word);
        return delivered;
      },
    });
    await using _consumer = bench.start();
    await bench.accept(lane('a'), 'bad', 'second', 'third');
    await bench.until(() => seen.length === 2, 'the others are delivered');
    const [letter] = (await bench.letters.list()).letters;
    healthy = true;
    expect(await bench.letters.replay(letter?.id ?? '')).toEqual({ replayed: true, deliveredSince: 2 });
    await bench.until(() => seen.includes('bad'), 'replayed');
    expect(seen).toEqual(['second', 'third', 'bad']);
    expect((await bench.letters.list()).total).toBe(0);
    expect(await bench.letters.replay(letter?.id ?? '')).toEqual({ replayed: false });
  });

  test('a discarded dead letter is gone and is returned for the record', async () => {
    await using bench = await testQueue({
      handle: async () => {
        throw new TerminalError('no');
      },
    });
    await using _consumer = bench.start();
    await bench.accept(lane('a'), 'bad');
    await bench.until(async () => (await bench.letters.list()).total === 1, 'buried');
    const [letter] = (await bench.letters.list()).letters;
    expect(await bench.letters.discard(letter?.id ?? '')).toMatchObject({ eventId: 'bad' });
    expect((await bench.letters.list()).total).toBe(0);
  });

  test.each([
    ['oldest first', [0, 1, 2]],
    ['newest first', [2, 1, 0]],
  ])(
    'several dead letters of a conversation come back in the order of acceptance, whichever is replayed first: %s',
    async (_name, order) => {
      let healthy = false;
      const seen: string[] = [];
      await using bench = await testQueue({
        handle: async (word) => {
          if (!healthy) throw new TerminalError('no');
          seen.push(word);
          return delivered;
        },
      });
      const dead = ['one', 'two', 'three'];
      {
        await using _consumer = bench.start();
        await bench.accept(lane('a'), ...dead);
        await bench.until(async () => (await bench.letters.list()).total === 3, 'all buried');
      }
      healthy = true;
      await bench.accept(lane('a'), 'four');
      const { letters } = await bench.letters.list();
      const idOf = (word: string) => letters.find(({ eventId }) => eventId === word)?.id ?? '';
      for (const at of order) await bench.letters.replay(idOf(dead[at] ?? ''));
      await using _consumer = bench.start();
      await bench.until(() => seen.length === 4, 'all delivered');
      expect(seen).toEqual(['one', 'two', 'three', 'four']);
    },
  );

  test('a message that dies again while its replay is finishing is listed again, and not lost with the old letter', async () => {
    await using bench = await testQueue({
      handle: async () => {
        throw new TerminalError('no');
      },
    });
    await using _consumer = bench.start();
    await bench.accept(lane('a'), 'bad');
    await bench.until(async () => (await bench.letters.list()).total === 1, 'buried');
    const [first] = (await bench.letters.list()).letters;
    // The replay dies before it removes the letter; by then the message is dead once more.
    const old = await bench.queue.letters.getJob(first?.id ?? '');
    const replay = await bench.queue.lanes.replay('898158620/a', encodeEntry(DeadLetter.parse(first)), 0);
    await bench.queue.addTurns(replay.turns);
    await bench.until(() => bench.attempts.length === 2, 'dead again');
    await bench.until(async () => (await bench.letters.list()).total === 2, 'listed again');
    await old?.remove();
    expect((await bench.letters.list()).letters).toMatchObject([{ eventId: 'bad' }]);
  });
});
