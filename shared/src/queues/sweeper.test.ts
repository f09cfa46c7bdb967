import { describe, expect, test } from '@jest/globals';
import { UnrecoverableError, Worker } from 'bullmq';
import { TerminalError } from '../failures.ts';
import { lane, testQueue } from '../testing/test-queue.ts';
import { turnId } from './lane.ts';
import { delivered } from './outcome.ts';

const entry = (eventId: string, to = '1/a') => ({ lane: to, eventId, acceptedAt: 0, message: eventId });

async function setup() {
  const seen: string[] = [];
  const bench = await testQueue({
    handle: async (word) => {
      if (word === 'bad') throw new TerminalError('no');
      seen.push(word);
      return delivered;
    },
  });
  return { bench, seen };
}

describe('the sweeper', () => {
  test('delivers what was accepted by a process that died before it added the turn', async () => {
    const { bench, seen } = await setup();
    await using _bench = bench;
    await bench.queue.lanes.accept([entry('one'), entry('two')]);
    await using consumer = bench.start();
    expect(await consumer.sweeper.sweep()).toMatchObject({ repairs: 1 });
    await bench.until(() => seen.length === 2, 'delivered');
    expect(seen).toEqual(['one', 'two']);
  });

  test('delivers what stands in a lane whose turn an operator removed', async () => {
    const { bench, seen } = await setup();
    await using _bench = bench;
    await bench.accept(lane('a'), 'one');
    await bench.queue.turns.obliterate({ force: true });
    await using consumer = bench.start();
    await consumer.sweeper.sweep();
    await bench.until(() => seen.length === 1, 'delivered');
  });

  test('delivers what stands in a lane whose turn ended without letting the lane go', async () => {
    const { bench, seen } = await setup();
    await using _bench = bench;
    const { turns } = await bench.queue.lanes.accept([entry('one')]);
    const [turn] = turns;
    if (!turn) throw new Error('no turn was granted');
    await bench.queue.lanes.step({ ...turn, number: 1, nonce: 'died' }, 'begin');
    await using consumer = bench.start();
    await consumer.sweeper.sweep();
    await bench.until(() => seen.length === 1, 'delivered');
  });

  test('lists a dead letter whose worker died before it was handed over', async () => {
    const { bench } = await setup();
    await using _bench = bench;
    const { turns } = await bench.queue.lanes.accept([entry('bad')]);
    const [turn] = turns;
    if (!turn) throw new Error('no turn was granted');
    const run = { ...turn, number: 1, nonce: 'died' };
    await bench.queue.lanes.step(run, 'begin');
    const report = JSON.stringify({ reason: 'no', attempts: 1, diedAt: 1 });
    await bench.queue.lanes.bury(run, report, { run, eventId: 'bad' });
    await using consumer = bench.start();
    await consumer.sweeper.sweep();
    expect((await bench.letters.list()).letters).toMatchObject([{ eventId: 'bad', lane: '1/a', reason: 'no' }]);
    expect(await consumer.sweeper.sweep()).toMatchObject({ repairs: 0 });
  });

  test('lists the dead letters of two accounts whose bots chose the same event id', async () => {
    const { bench } = await setup();
    await using _bench = bench;
    for (const account of ['1', '2']) {
      const { turns } = await bench.queue.lanes.accept([entry('bad', `${account}/a`)]);
      const [turn] = turns;
      if (!turn) throw new Error('no turn was granted');
      const run = { ...turn, number: 1, nonce: 'died' };
      await bench.queue.lanes.step(run, 'begin');
      const report = JSON.stringify({ reason: 'no', attempts: 1, diedAt: 1 });
      await bench.queue.lanes.bury(run, report, { run, eventId: 'bad' });
    }
    await using consumer = bench.start();
    await consumer.sweeper.sweep();
    const { letters } = await bench.letters.list();
    expect(letters.map((letter) => letter.lane).toSorted()).toEqual(['1/a', '2/a']);
  });

  test('buries the head of a turn that BullMQ has failed without asking us', async () => {
    const { bench, seen } = await setup();
    await using _bench = bench;
    await bench.accept(lane('a'), 'killer', 'next');
    const worker = new Worker(bench.queue.definition.name, null, {
      connection: bench.redis,
      prefix: bench.queue.prefix,
    });
    const job = await worker.getNextJob('token');
    await job?.moveToFailed(new UnrecoverableError('job stalled more than allowable limit'), 'token');
    await worker.close();
    await using consumer = bench.start();
    await consumer.sweeper.sweep();
    await bench.until(() => seen.includes('next'), 'the lane goes on');
    expect((await bench.letters.list()).letters).toMatchObject([
      { eventId: 'killer', reason: 'job stalled more than allowable limit' },
    ]);
  });

  test('leaves a lane alone that moves by itself', async () => {
    const { bench, seen } = await setup();
    await using _bench = bench;
    await bench.accept(lane('a'), 'one');
    await using consumer = bench.start();
    await bench.until(() => seen.length === 1, 'delivered');
    expect(await consumer.sweeper.sweep()).toMatchObject({ repairs: 0 });
  });
});

test('a copy of a turn, made on the board, delivers nothing', async () => {
  const { bench, seen } = await setup();
  await using _bench = bench;
  const { turns } = await bench.queue.lanes.accept([entry('one')]);
  const [turn] = turns;
  if (!turn) throw new Error('no turn was granted');
  await bench.queue.turns.add('turn', { ...turn }, { jobId: `copy-of-${turnId(turn.lane, turn.generation)}` });
  await using _consumer = bench.start();
  await bench.until(async () => (await bench.queue.turns.getCompletedCount()) === 1, 'the copy has ended');
  expect(seen).toEqual([]);
});
