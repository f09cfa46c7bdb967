import { once } from 'node:events';
import { programs } from './programs.ts';

const [name = ''] = process.argv.slice(2);
const start = programs[name];
if (!start) throw new Error(`there is no program "${name}"`);

await using running = await start(process.env);
const tell = (message: unknown) => process.send?.(message);
process.on('message', (asked) => {
  // What is garbage is no leak. It costs CPU, so it is done only where memory is asked for.
  if (asked === 'collected') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  tell({ cpuUs: user + system, rss, heapUsed });
});
tell({ url: running.url });
await once(process, 'disconnect');
