import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';

/** The server that this machine has; undefined where it has none, and tests that stop and start one cannot be run. */
export const redisProgram = ['redis-server', 'valkey-server'].find(
  (program) => spawnSync(program, ['--version']).status === 0,
);

export interface OwnOptions {
  /** Hears of each process. */
  readonly launched?: (own: { pid: number; folder: string }) => void;
}

interface Program {
  readonly config: readonly string[];
  readonly flags?: readonly string[];
  readonly worksAt: string;
}

const CONFIG = 'server.conf';

/** A Redis of one test, on one port, that can be stopped and started again with what it held. Not running at first. */
export async function ownRedis(options: OwnOptions = {}) {
  const port = await freePort();
  const config = [`port ${port}`, 'appendonly yes', 'appendfsync always'];
  const own = await ownServer({ ...options, config, worksAt: 'Ready to accept' });
  return { ...own, port, url: `redis://127.0.0.1:${port}` };
}

/** `worksAt`: what it prints when it works. */
export async function ownServer({ launched, config, flags = [], worksAt }: OwnOptions & Program) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-own-redis-'));
  await writeFile(join(folder, CONFIG), ['bind 127.0.0.1', ...config, ''].join('\n'));
  let running: ReturnType<typeof launch> | undefined;

  const launch = () =>
    spawn(redisProgram ?? 'redis-server', [CONFIG, ...flags], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });

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
    async start(): Promise<void> {
      running = launch();
      if (running.pid !== undefined) launched?.({ pid: running.pid, folder });
      for await (const line of createInterface(running.stdout)) if (line.includes(worksAt)) break;
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
