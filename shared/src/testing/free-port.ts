import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems hand out by themselves, so that nobody is given ours between our look and our use. */
const FIRST = 20_000;
const COUNT = 10_000;

/** `preferred` if nobody has it, else another that is free at this moment. */
export async function freePort(preferred = anyPort()): Promise<number> {
  const server = createServer();
  try {
    server.listen(preferred, '127.0.0.1');
    await once(server, 'listening');
    return preferred;
  } catch {
    return freePort(); // taken, or not ours to open
  } finally {
    server.close();
  }
}

let latest = Math.floor(Math.random() * COUNT);

/** No port twice within a process, though nobody has opened the first one yet. */
function anyPort(): number {
  latest = (latest + 1) % COUNT;
  return FIRST + latest;
}
