import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { redisProgram } from '@parley/shared/testing/own-redis';
import { type Cell, runBoard, SIZES } from './board.ts';
import { ROWS } from './rows.ts';
import { isWhole, said, tableOf } from './table.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (line: string) => void process.stderr.write(`${line}\n`);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    seed: { type: 'string', default: '1' },
    size: { type: 'string', default: 'ci' },
  },
});
const unknown = positionals.filter((name) => !ROWS.some((row) => row.name === name));
const size = Object.entries(SIZES).find(([name]) => name === values.size)?.[1];

if (unknown.length > 0 || !size) {
  complain(
    `rows: ${ROWS.map(({ name }) => name).join(', ')}; --size ${Object.keys(SIZES).join('|')}; --seed N; --json FILE`,
  );
  process.exitCode = 2;
} else if (!redisProgram) {
  complain(
    'the board kills and restarts a Redis of its own: install one with `apt-get install redis-server` or `brew install redis`',
  );
  process.exitCode = 2;
} else {
  const rows = positionals.length > 0 ? ROWS.filter(({ name }) => positionals.includes(name)) : ROWS;
  const seed = Number(values.seed);
  const begun = performance.now();
  const told = (cell: Cell) => complain(`${cell.row}, ${cell.shape}: ${said(cell)}`);
  const cells = await runBoard(rows, { seed, size, told });
  const messages = cells.reduce((all, cell) => all + ('said' in cell ? cell.said : 0), 0);
  const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
  print(
    `${messages} messages, seed ${seed}, ${availableParallelism()} cores, node ${process.version}, ${seconds} s in all.`,
  );
  print('lost / doubled / out of order, time to recover, second copies that the receiver knew by their id\n');
  for (const line of tableOf(rows, cells)) print(line);
  if (values.json)
    await writeFile(values.json, `${JSON.stringify({ seed, size: values.size, cells }, undefined, 2)}\n`);
  if (!cells.every((cell) => cell.shape !== 'Parley' || isWhole(cell))) process.exitCode = 1;
}
