import { runBench } from './bench.ts';

await runBench(process.argv.slice(2), (line) => void process.stdout.write(`${line}\n`));
