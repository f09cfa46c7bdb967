import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';
import { lookAtMachine, type Machine } from './machine.ts';
import { drawPlots } from './plots/plots.ts';
import { isSize, type Row, SIZES } from './row.ts';
import { rows } from './rows.ts';
import { tableOf } from './table.ts';

/** What `--json` writes. */
interface Report {
  readonly machine: Machine;
  readonly size: string;
  readonly rows: Record<string, readonly Figure[]>;
}

/** Runs the rows that `argv` names, or all of them, one after the other, and prints each as soon as it is measured. */
export async function runBench(argv: readonly string[], print: (line: string) => void): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { size: { type: 'string', default: 'usual' }, json: { type: 'string' }, plots: { type: 'boolean' } },
  });
  const { size } = values;
  if (!isSize(size)) throw new Error(`--size is "${size}": use ${SIZES.join(', ')}`);
  const chosen = positionals.length > 0 ? positionals.map(rowNamed) : rows;

  const machine = await lookAtMachine();
  print(
    Object.entries(machine)
      .map(([name, value]) => `${name} ${value}`)
      .join(' · '),
  );
  const report: Report = { machine, size, rows: {} };
  for (const row of chosen) {
    const figures = await row.measure(size);
    report.rows[row.name] = figures;
    print(`\n${row.name}: ${row.about(size)}\n${tableOf(figures)}`);
  }
  if (values.plots) for (const file of await drawPlots(report.rows)) print(`drawn ${file}`);
  if (values.json) await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
}

function rowNamed(name: string): Row {
  const row = rows.find((one) => one.name === name);
  if (!row) throw new Error(`there is no row "${name}": name some of ${rows.map((one) => one.name).join(', ')}`);
  return row;
}
