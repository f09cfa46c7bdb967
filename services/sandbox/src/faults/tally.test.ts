import { expect, test } from '@jest/globals';
import type { Said } from './speech.ts';
import { compare } from './tally.ts';

/** `one`, `two` and `three`, each accepted before the next one was brought. */
const inTurn: readonly Said[] = ['one', 'two', 'three'].map((word, n) => ({
  text: `chat ${word}`,
  at: n * 10,
  from: n * 10,
  until: n * 10 + 5,
}));
const arrived = (...words: string[]) => words.map((word) => `chat ${word}`);
const none = new Set<string>();

test('what arrives once and in turn is whole', () => {
  const count = compare(inTurn, arrived('one', 'two', 'three'), none);
  expect(count).toEqual({ said: 3, lost: 0, doubled: 0, outOfOrder: 0 });
});

test('what was accepted and never arrives is lost, unless the receiver refused it', () => {
  expect(compare(inTurn, arrived('one', 'three'), none).lost).toBe(1);
  expect(compare(inTurn, arrived('one', 'three'), new Set(arrived('two'))).lost).toBe(0);
});

test('what arrives again is doubled, and not out of order', () => {
  const count = compare(inTurn, arrived('one', 'two', 'one', 'three', 'three'), none);
  expect(count).toMatchObject({ doubled: 2, outOfOrder: 0 });
});

test('what arrives after something that was accepted later is out of order', () => {
  expect(compare(inTurn, arrived('two', 'three', 'one'), none).outOfOrder).toBe(1);
  expect(compare(inTurn, arrived('three', 'two', 'one'), none).outOfOrder).toBe(2);
});

test('what was brought at the same time has no order, nor have two conversations', () => {
  const atOnce = inTurn.map((said) => ({ ...said, from: 0, until: 30 }));
  expect(compare(atOnce, arrived('three', 'two', 'one'), none).outOfOrder).toBe(0);
  const apart = inTurn.map((said, n) => ({ ...said, text: said.text.replace('chat', `chat-${n}`) }));
  const backwards = apart.map(({ text }) => text).toReversed();
  expect(compare(apart, backwards, none)).toEqual({ said: 3, lost: 0, doubled: 0, outOfOrder: 0 });
});
