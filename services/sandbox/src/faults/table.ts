import type { Cell } from './board.ts';
import type { Row } from './row.ts';
import { SHAPES } from './shapes.ts';

/** A table in Markdown with a line a row, and the notes below it. */
export function tableOf(rows: readonly Row[], cells: readonly Cell[]): string[] {
  const head = ['', ...SHAPES.map(({ name }) => name)];
  const lines = rows.map((row) => [
    `${row.name}: ${row.what}`,
    ...SHAPES.map((shape) => said(cells.find((cell) => cell.row === row.name && cell.shape === shape.name))),
  ]);
  const widths = head.map((_, at) => Math.max(...[head, ...lines].map((line) => line[at]?.length ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width));
  const notes = rows.flatMap(({ name, note }) => (note ? [`* ${name}: ${note}`] : []));
  return [
    ...[head, rule, ...lines].map((line) => `| ${line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`),
    '',
    ...notes,
  ];
}

export function said(cell: Cell | undefined): string {
  if (!cell) return '';
  if ('failure' in cell) return `not run: ${cell.failure}`;
  const { lost, doubled, outOfOrder, repeats, recoveredInMs } = cell;
  const recovered = recoveredInMs === null ? 'never' : `${(recoveredInMs / 1_000).toFixed(1)} s`;
  const known = repeats > 0 ? `, ${repeats} known again` : '';
  return `${lost} / ${doubled} / ${outOfOrder}, ${recovered}${known}`;
}

/** Nothing lost, doubled or out of order, and no process that ended by itself. */
export const isWhole = (cell: Cell): boolean =>
  !('failure' in cell) && cell.lost + cell.doubled + cell.outOfOrder + cell.fell === 0;
