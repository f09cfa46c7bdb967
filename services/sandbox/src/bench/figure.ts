/** By the name of what was measured, in the order of the table's columns. */
export type Values = Readonly<Record<string, number>>;

/** One line of a row's table: the same thing measured of each that is compared. */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly values: Values;
  readonly goal?: Goal;
}

export interface Goal {
  /** As a reader sees it: `≥ 1.3 × plain BullMQ`. */
  readonly says: string;
  /** What is held against the goal: a ratio, or the value itself. */
  readonly reached: number;
  readonly met: boolean;
}

/** What is held against a goal: a value, or how many times another one it is. */
interface Aim {
  readonly wanted: number;
  readonly of: string;
  readonly to?: string;
}

export function atLeast(aim: Aim, values: Values): Goal {
  const reached = reachedOf(aim, values);
  return { says: `≥ ${saidOf(aim)}`, reached, met: reached >= aim.wanted };
}

export function atMost(aim: Aim, values: Values): Goal {
  const reached = reachedOf(aim, values);
  return { says: `≤ ${saidOf(aim)}`, reached, met: reached <= aim.wanted };
}

/** The least of them is no further from the greatest than a tenth. */
export function flat(values: Values): Goal {
  const all = Object.values(values);
  const reached = Math.min(...all) / Math.max(...all);
  return { says: 'least ≥ 0.9 × greatest', reached, met: reached >= 0.9 };
}

const saidOf = ({ wanted, to }: Aim) => (to === undefined ? `${wanted}` : `${wanted} × ${to}`);

function reachedOf({ of, to }: Aim, values: Values): number {
  const value = values[of] ?? Number.NaN;
  return to === undefined ? value : value / (values[to] ?? Number.NaN);
}
