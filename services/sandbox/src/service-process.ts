import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stopWhenWeDie } from './redis/stop-when-we-die.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface ServiceProcess extends AsyncDisposable {
  /** SIGKILL: it gets no chance to finish anything. */
  kill(): Promise<void>;
  /** SIGSTOP: it stands still and knows nothing of it. */
  stop(): void;
  /** SIGCONT: it goes on where it stood. */
  wake(): void;
  /** Resolves when it has ended, by whomever. */
  readonly ended: Promise<unknown>;
}

export interface Program {
  /** From the root of the repository, with its arguments. */
  readonly command: readonly [path: string, ...rest: string[]];
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts one service as operators do and waits until it works. It dies with this process, be it by SIGKILL. */
export async function startServiceProcess({ command, environment }: Program): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [...command], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, OPS_PORT: '0', LOG_LEVEL: 'info', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  if (child.pid === undefined) throw new Error(`${command[0]} could not be started`);
  const guard = stopWhenWeDie({ pid: child.pid });
  void ended.then(guard.release);
  await started(child, command[0]);
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return {
    kill,
    stop: () => void child.kill('SIGSTOP'),
    wake: () => void child.kill('SIGCONT'),
    ended,
    [Symbol.asyncDispose]: kill,
  };
}

async function started(child: ChildProcess, program: string): Promise<void> {
  if (!child.stdout) throw new Error(`${program} has no output to read`);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"msg":"started"')) {
      child.stdout.resume(); // what it writes from now on is nobody's, and must not fill the pipe
      return;
    }
  }
  throw new Error(`${program} ended before it had started`);
}
