import { once } from 'node:events';
import { programs } from './programs.ts';

const [name = ''] = process.argv.slice(2);
const start = programs[name];
if (!start) throw new Error(`there is no program "${name}"`);

await using running = await start(process.env);
const tell = (message: unknown) => process.send?.(message);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  tell({ cpuUs: user + system, rss: process.memoryUsage.rss() });
});
tell({ url: running.url });
await once(process, 'disconnect');
