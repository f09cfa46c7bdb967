import type { Figure } from './figure.ts';

/** A row's figures for the terminal: a line each, a column for each that is compared, and what the goal says of it. */
export function tableOf(figures: readonly Figure[]): string {
  const columns = [...new Set(figures.flatMap(({ values }) => Object.keys(values)))];
  const lines = figures.map(({ what, unit, values, goal }) => [
    what,
    unit,
    ...columns.map((column) => numberOf(values[column])),
    goal ? `${numberOf(goal.reached)}, ${goal.says}: ${goal.met ? 'met' : 'NOT MET'}` : '',
  ]);
  const all = [['', '', ...columns, ''], ...lines];
  const widths = ['', '', ...columns, ''].map((_, at) => Math.max(...all.map((cells) => cells[at]?.length ?? 0)));
  return all
    .map((cells) =>
      cells
        .map((cell, at) =>
          at < 2 || at > columns.length + 1 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const SHORT = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const LONG = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

const numberOf = (value: number | undefined): string =>
  value === undefined ? '' : (Math.abs(value) < 1_000 ? SHORT : LONG).format(value);
