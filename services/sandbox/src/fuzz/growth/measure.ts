import { SUBJECTS, type Subject } from './subjects.ts';

/** What an expression that backtracks, a parser that looks back or a segmenter that looks ahead is slow at: a beginning, many of one part, an end. */
const SHAPES: readonly (readonly [begin: string, part: string, end: string])[] = [
  ['', 'a', ''],
  ['', 'a', '!'],
  ['', 'a', '@'],
  ['', 'a@', ''],
  ['', 'a.', ''],
  ['', 'a.a@', ' '],
  ['a@', 'a.', '!'],
  ['a@', 'a-', '.'],
  ['', '0', ''],
  ['+', '1', 'x'],
  ['', '+1', ''],
  ['', '+1 ', ''],
  ['+1', ' ', 'x'],
  ['2026-11-02T10:07:00.', '0', 'x'],
  ['', ' ', ''],
  ['a', ' ', 'a'],
  ['a', ' ', '\u0300'],
  ['', ' \u0300', ''],
  ['', '\t\n', 'a'],
  ['', '.', 'a'],
  ['', '. ', 'a'],
  ['', '-', ''],
  ['', '/', 'x'],
  ['http://', 'a/', ''],
  ['http://', 'a@', ''],
  ['http://', 'a.', ''],
  ['', '%41', ''],
  ['', '%3A', ''],
  ['', '%', ''],
  ['', '\\', ''],
  ['', '"', ''],
  ['', "'a", ''],
  ['', "'abcd'", ''],
  ['"', 'abc ', ''],
  ['', '&', ''],
  ['', '&amp', ''],
  ['', '&#x', ''],
  ['', '<', ''],
  ['', '</', ''],
  ['', '<!', ''],
  ['', '<!--', ''],
  ['', '<b>', ''],
  ['', '<p>', ''],
  ['', '<a href="', ''],
  ['', '<a href=https://a.example>', ''],
  ['', '<a ', ''],
  ['<a ', 'x=y ', '>'],
  ['', '<b>a</b>', ''],
  ['', '<p>a', ''],
  ['', '<ul><li>', ''],
  ['', '<li>a</li>', ''],
  ['', '<blockquote>', ''],
  ['', '<br>', ''],
  ['', '<img src="https://a.example/a">', ''],
  ['', '<script>', ''],
  ['', '<style>a', ''],
  ['', '<svg><a>', ''],
  ['', '<textarea>', ''],
  ['', '&nbsp;', ''],
  ['', '\u00a0', ''],
  ['', '\u0300', ''],
  ['', '\u200d', ''],
  ['', '👩‍', ''],
  ['', '🇩', ''],
  ['', 'ก', ''],
  ['', '漢', ''],
  ['', '\ud800', ''],
  ['', '\0', ''],
  ['', '\u2028', ''],
];

/** Milliseconds that a text may take however that grows: in them nobody else is served. */
const AT_ONCE = 500;

/** Doubled text may take so many times as long. Linear is 2, quadratic 4; what lies between is noise and garbage collection. */
const MOST = 3;

export interface Growth {
  readonly subject: string;
  readonly shape: string;
  /** Milliseconds for the longest text. */
  readonly ms: number;
  /** How many times as long as half of it takes. */
  readonly growth: number;
  readonly holds: boolean;
}

/** How long each subject takes for the slowest of the shapes, at its longest and at half of it. Slowest first. */
export const measureGrowth = (): Growth[] => SUBJECTS.map(slowestOf).toSorted((a, b) => b.ms - a.ms);

function slowestOf(subject: Subject): Growth {
  const measured = SHAPES.map((shape) => growthOf(subject, shape));
  const [first, ...others] = measured.toSorted((a, b) => Number(a.holds) - Number(b.holds) || b.ms - a.ms);
  if (!first || others.length === 0) throw new Error('nothing was measured');
  return first;
}

function growthOf({ name, longest, read }: Subject, [begin, part, end]: (typeof SHAPES)[number]): Growth {
  const text = (length: number) =>
    begin + part.repeat(Math.floor((length - begin.length - end.length) / part.length)) + end;
  // An expression that explodes is met where it is short: nobody has to wait for the whole.
  for (let length = 1_000; length < longest / 2; length *= 4) {
    const ms = fastest(() => read(text(length)));
    if (ms > AT_ONCE) return { subject: name, shape: label(begin, part, end), ms, growth: Number.NaN, holds: false };
  }
  const half = fastest(() => read(text(longest / 2)));
  const ms = fastest(() => read(text(longest)));
  const growth = ms / half;
  return { subject: name, shape: label(begin, part, end), ms, growth, holds: ms < AT_ONCE || growth < MOST };
}

const label = (begin: string, part: string, end: string) => JSON.stringify([begin, part, end]);

/** Of three: what disturbs a measurement makes it longer. */
function fastest(run: () => unknown): number {
  return Math.min(
    ...[0, 1, 2].map(() => {
      const startedAt = performance.now();
      run();
      return performance.now() - startedAt;
    }),
  );
}
