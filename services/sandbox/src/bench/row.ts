import type { Figure } from './figure.ts';

/** `tiny` shows within seconds that a row works, and its figures mean nothing; `nightly` has the backlog of a million. */
export const SIZES = ['tiny', 'usual', 'nightly'] as const;
export type Size = (typeof SIZES)[number];

/** One question that the benchmark answers, with servers and a Redis of its own that end with it. */
export interface Row {
  readonly name: string;
  /** What is done and how much of it, for the table's head. */
  readonly about: (size: Size) => string;
  readonly measure: (size: Size) => Promise<readonly Figure[]>;
}

export const isSize = (given: string): given is Size => SIZES.some((size) => size === given);
