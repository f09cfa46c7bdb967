import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';

/** The server that this machine has; undefined where it has none, and tests that stop and start one cannot be run. */
export const redisProgram = ['redis-server', 'valkey-server'].find(
  (program) => spawnSync(program, ['--version']).status === 0,
);

/**
 * A Redis of one test, on one port, that can be stopped and started again with what it held. Not running at first. `launched` hears of
 * each process.
 */
export async function ownRedis({ launched }: { launched?: (own: { pid: number; folder: string }) => void } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-own-redis-'));
  const port = await freePort();
  let running: ReturnType<typeof launch> | undefined;

  const launch = () =>
    spawn(
      redisProgram ?? 'redis-server',
      ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );

  /** As a crash: nothing is said to the clients. */
  async function stop(): Promise<void> {
    const child = running;
    running = undefined;
    if (!child) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    async start(): Promise<void> {
      running = launch();
      if (running.pid !== undefined) launched?.({ pid: running.pid, folder });
      for await (const line of createInterface(running.stdout)) if (line.includes('Ready to accept')) break;
    },
    stop,
    /** Keeps its connections and answers nothing. */
    freeze: () => running?.kill('SIGSTOP'),
    thaw: () => running?.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
