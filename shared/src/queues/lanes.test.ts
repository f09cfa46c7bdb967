import { describe, expect, test } from '@jest/globals';
import { testQueue } from '../testing/test-queue.ts';
import { decodeEntry } from './lane.ts';
import type { GrantedTurn, Run, Step } from './lanes.ts';
import { delivered } from './outcome.ts';

const bench = () => testQueue({ handle: async () => delivered });

const A = '1/a';

const entry = (eventId: string, lane = A) => ({ lane, eventId, acceptedAt: 0, message: eventId });

const run = (turn: GrantedTurn | undefined, number: number): Run => {
  if (!turn) throw new Error('no turn was granted');
  return { ...turn, number, nonce: `nonce-${number}` };
};

const head = (step: Step) => (step.kind === 'deliver' ? decodeEntry(step.entry).eventId : step.kind);

describe('a turn is fenced', () => {
  test('a worker that was stopped past its lock and wakes up takes nothing out of the lane', async () => {
    await using parts = await bench();
    const { lanes } = parts.queue;
    const { turns } = await lanes.accept([entry('one'), entry('two'), entry('three')]);
    const sleeper = run(turns[0], 1);
    expect(head(await lanes.step(sleeper, 'begin'))).toBe('one');

    const successor = run(turns[0], 2);
    expect(head(await lanes.step(successor, 'begin'))).toBe('one');
    expect(head(await lanes.step(successor, 'next', 'one'))).toBe('two');

    expect(head(await lanes.step(sleeper, 'next', 'one'))).toBe('fenced');
    expect(await lanes.bury(sleeper, '{}', { run: sleeper, eventId: 'two' })).toBeUndefined();
    expect(await lanes.cool(sleeper)).toEqual([]);
    expect(head(await lanes.step(successor, 'begin'))).toBe('two');
    expect(head(await lanes.step(successor, 'next', 'two'))).toBe('three');
  });

  test('an acknowledgement that is sent again, its answer being lost, removes nothing more', async () => {
    await using parts = await bench();
    const { lanes } = parts.queue;
    const { turns } = await lanes.accept([entry('one'), entry('two'), entry('three')]);
    const turn = run(turns[0], 1);
    await lanes.step(turn, 'begin');
    expect(head(await lanes.step(turn, 'next', 'one'))).toBe('two');
    expect(head(await lanes.step(turn, 'next', 'one'))).toBe('two');
  });

  test('the turn of an earlier generation is over for good', async () => {
    await using parts = await bench();
    const { lanes } = parts.queue;
    const { turns } = await lanes.accept([entry('one')]);
    const first = run(turns[0], 1);
    await lanes.step(first, 'begin');
    const [second] = await lanes.heal(A, first.generation);
    expect(head(await lanes.step(first, 'next', 'one'))).toBe('fenced');
    expect(head(await lanes.step(run(second, 1), 'begin'))).toBe('one');
  });
});

describe('an account has a window of turns', () => {
  test('at most 32 conversations of an account are at work, and the next in line gets the slot that falls free', async () => {
    await using parts = await bench();
    const { lanes } = parts.queue;
    const turns: GrantedTurn[] = [];
    for (let at = 0; at < 36; at++) turns.push(...(await lanes.accept([entry(`e${at}`, `1/c${at}`)])).turns);
    expect(turns.map((turn) => turn.lane)).toEqual(Array.from({ length: 32 }, (_, at) => `1/c${at}`));
    expect((await lanes.accept([entry('quiet', '2/quiet')])).turns).toHaveLength(1);

    const first = run(turns[0], 1);
    await lanes.step(first, 'begin');
    const over = await lanes.step(first, 'next', 'e0');
    expect(over).toMatchObject({ kind: 'over', turns: [{ lane: '1/c32' }] });
  });

  test('a conversation whose head waits for its retry leaves its slot to the next in line', async () => {
    await using parts = await bench();
    const { lanes } = parts.queue;
    const turns: GrantedTurn[] = [];
    for (let at = 0; at < 33; at++) turns.push(...(await lanes.accept([entry(`e${at}`, `1/c${at}`)])).turns);
    const failing = run(turns[0], 1);
    await lanes.step(failing, 'begin');
    expect(await lanes.cool(failing)).toMatchObject([{ lane: '1/c32' }]);
    expect(head(await lanes.step({ ...failing, number: 2, nonce: 'later' }, 'begin'))).toBe('e0');
  });
});

describe('a repeated event makes sure of the turn', () => {
  test('accepted, but the process died before the turn was added: the same event again adds the same turn', async () => {
    await using parts = await bench();
    const { lanes } = parts.queue;
    const first = await lanes.accept([entry('one')]);
    const again = await lanes.accept([entry('one')]);
    expect(again).toEqual({ accepted: 0, duplicate: 1, turns: first.turns });
    await lanes.step(run(first.turns[0], 1), 'begin');
    expect((await lanes.accept([entry('one')])).turns).toEqual([]);
  });
});
