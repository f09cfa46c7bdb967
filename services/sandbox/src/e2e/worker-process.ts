import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

export interface WorkerProcess extends AsyncDisposable {
  /** SIGKILL: it gets no chance to finish anything. */
  kill(): Promise<void>;
  /** SIGSTOP: it stands still and knows nothing of it. */
  stop(): void;
  /** SIGCONT: it goes on where it stood. */
  wake(): void;
}

/** Starts one service as operators do and waits until it works. */
export async function startWorkerProcess(
  service: string,
  environment: Readonly<Record<string, string>>,
): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [`services/${service}/src/main.ts`], {
    cwd: ROOT,
    env: { ...environment, PATH: process.env.PATH, OPS_PORT: '0', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await started(child, service);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return {
    kill,
    stop: () => void child.kill('SIGSTOP'),
    wake: () => void child.kill('SIGCONT'),
    [Symbol.asyncDispose]: kill,
  };
}

async function started(child: ChildProcess, service: string): Promise<void> {
  if (!child.stdout) throw new Error(`${service} has no output to read`);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"msg":"started"')) {
      child.stdout.resume(); // what it writes from now on is nobody's, and must not fill the pipe
      return;
    }
  }
  throw new Error(`${service} ended before it had started`);
}
