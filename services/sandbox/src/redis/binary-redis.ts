import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { freePort } from '@parley/shared/testing/free-port';
import { type FoundRedis, READY_LINE, REDIS_ARGUMENTS, type Unavailable } from './found-redis.ts';
import { stopWhenWeDie } from './stop-when-we-die.ts';

type RedisProcess = ChildProcessByStdio<null, Readable, null>;

/** Spawns a server found on PATH that keeps nothing, on a free port of 127.0.0.1. */
export const startBinaryRedis = () => startRedisServer(REDIS_ARGUMENTS);

/** Spawns a server found on PATH with these arguments, on a free port of 127.0.0.1, with a temporary folder of its own. */
export async function startRedisServer(settings: readonly string[]): Promise<FoundRedis | Unavailable> {
  for (const program of ['redis-server', 'valkey-server']) {
    const folder = await mkdtemp(join(tmpdir(), 'parley-redis-'));
    const port = await freePort();
    const own = ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', folder];
    const server = await spawnServer(program, [...own, ...settings]);
    if (!server) {
      await rm(folder, { recursive: true });
      continue;
    }
    const guard = stopWhenWeDie({ pid: server.pid, folder });
    const stop = async () => {
      await stopServer(server.process);
      await rm(folder, { recursive: true, force: true });
      await guard.release();
    };
    try {
      await ready(server.process, program);
    } catch (error) {
      await stop();
      throw error;
    }
    return { url: `redis://127.0.0.1:${port}`, kind: 'binary', [Symbol.asyncDispose]: stop };
  }
  return { unavailable: 'neither redis-server nor valkey-server is on PATH' };
}

async function spawnServer(
  program: string,
  settings: readonly string[],
): Promise<{ process: RedisProcess; pid: number } | undefined> {
  // In a process group of its own: Ctrl-C in the terminal reaches us alone, and Redis outlives those who still need it.
  const child = spawn(program, settings, { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  const failure = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    child.once('spawn', () => resolve(undefined));
    child.once('error', resolve);
  });
  if (failure && failure.code !== 'ENOENT') throw failure;
  return child.pid === undefined ? undefined : { process: child, pid: child.pid };
}

/** Throws with what the server said when it exits instead. */
async function ready(child: RedisProcess, program: string): Promise<void> {
  const said: string[] = [];
  const lines = createInterface(child.stdout);
  for await (const line of lines) {
    if (READY_LINE.test(line)) {
      child.stdout.resume();
      child.unref();
      return;
    }
    said.push(line);
  }
  throw new Error(`${program} stopped while starting:\n${said.slice(-5).join('\n')}`);
}

async function stopServer(child: RedisProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  child.kill('SIGKILL');
  await once(child, 'exit');
}
