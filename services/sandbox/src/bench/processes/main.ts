import { once } from 'node:events';
import { beginProfile } from './profile.ts';
import { programs } from './programs.ts';

const [name = ''] = process.argv.slice(2);
const start = programs[name];
if (!start) throw new Error(`there is no program "${name}"`);

/** What holds on to a Redis that went with our parent would never let go. */
const LEAVE_MS = 10_000;

const left = once(process, 'disconnect').then(() => setTimeout(() => process.exit(), LEAVE_MS).unref());
await using running = await start(process.env);
const tell = (message: unknown) => process.send?.(message);
let endProfile: Awaited<ReturnType<typeof beginProfile>> | undefined;
const answer = async (asked: unknown) => {
  if (asked === 'profile begins') endProfile = await beginProfile();
  if (asked === 'profile ends') return tell(await endProfile?.());
  // What is garbage is no leak. It costs CPU, so it is done only where memory is asked for.
  if (asked === 'collected') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return tell({ cpuUs: user + system, rss, heapUsed });
};
process.on('message', (asked) => void answer(asked));
tell({ url: running.url });
await left;
