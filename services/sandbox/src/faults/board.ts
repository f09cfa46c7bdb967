import type { Row } from './row.ts';
import { type Outcome, runRow } from './run-row.ts';
import { SHAPES, type Shape } from './shapes.ts';
import type { Talk } from './speech.ts';

export interface Size {
  readonly talk: Omit<Talk, 'agents'>;
  /** Messages of the whole board, in as many rounds as that takes; one round when not given. */
  readonly messages?: number;
  /** Rows under way at once: they mostly wait, the more so the smaller they are. */
  readonly atOnce: number;
}

export const SIZES = {
  tiny: { talk: { conversations: 2, messages: 3, lastsMs: 200 }, atOnce: 1 },
  ci: { talk: { conversations: 5, messages: 5, lastsMs: 3_000 }, atOnce: 14 },
  nightly: { talk: { conversations: 40, messages: 25, lastsMs: 5_000 }, messages: 1_000_000, atOnce: 3 },
} satisfies Record<string, Size>;

/** What became of one row in one shape, over all rounds; `failure` where it could not be run to its end. */
export type Cell = { readonly row: string; readonly shape: Shape['name'] } & (Outcome | { readonly failure: string });

/** Runs each row in each shape with the same script, and gives the cells in the order of rows and shapes. */
export async function runBoard(
  rows: readonly Row[],
  { seed, size, told = () => undefined }: { seed: number; size: Size; told?: (cell: Cell) => void },
): Promise<readonly Cell[]> {
  const each = size.talk.conversations * size.talk.messages * 2;
  const cells = rows.flatMap((row) => SHAPES.map((shape) => ({ row, shape })));
  const rounds = Math.ceil((size.messages ?? 0) / (each * cells.length)) || 1;
  const done = new Map<(typeof cells)[number], Cell>();
  const waiting = cells.toSorted((a, b) => Number(b.row.long ?? false) - Number(a.row.long ?? false));

  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { row, shape } = next;
      const played = await play(row, shape, { seed, rounds, talk: size.talk }).catch((error: unknown) => ({
        failure: String(error),
      }));
      const cell = { row: row.name, shape: shape.name, ...played };
      done.set(next, cell);
      told(cell);
    }
  }
  await Promise.all(Array.from({ length: size.atOnce }, work));
  return cells.flatMap((cell) => done.get(cell) ?? []);
}

async function play(
  row: Row,
  shape: Shape,
  { seed, rounds, talk }: { seed: number; rounds: number; talk: Size['talk'] },
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (let round = 0; round < rounds; round += 1) outcomes.push(await runRow(row, shape, { seed: seed + round, talk }));
  return sum(outcomes);
}

/** Counts are added; of the times the longest counts. */
function sum(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce((a, b) => ({
    said: a.said + b.said,
    lost: a.lost + b.lost,
    doubled: a.doubled + b.doubled,
    outOfOrder: a.outOfOrder + b.outOfOrder,
    repeats: a.repeats + b.repeats,
    refused: a.refused + b.refused,
    recoveredInMs:
      a.recoveredInMs === null || b.recoveredInMs === null ? null : Math.max(a.recoveredInMs, b.recoveredInMs),
    fell: a.fell + b.fell,
  }));
}
