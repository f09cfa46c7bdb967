import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

/** What a process has used so far. */
export const Usage = z.object({
  /** Microseconds of CPU, all threads. */
  cpuUs: z.number(),
  /** Bytes in memory. */
  rss: z.number(),
});
export type Usage = z.infer<typeof Usage>;

/** What is heard of a process that ended instead is its exit code, which is none of these. */
const Started = z.object({ url: z.string() });

export interface BenchProcess extends AsyncDisposable {
  /** Where it listens; empty for a worker. */
  readonly url: string;
  readonly usage: () => Promise<Usage>;
}

/**
 * Starts one of the programs that `programs.ts` names as a process of its own and waits until it works. It ends when it is disposed
 * of, or with this process. What it logs goes where a log costs no more than the writing.
 */
export async function startBenchProcess(
  program: string,
  settings: Readonly<Record<string, string>>,
): Promise<BenchProcess> {
  const child = fork(MAIN, [program], { env: settings, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  const answer = async (): Promise<unknown> => {
    const [message] = await Promise.race([once(child, 'message'), exited]);
    return message;
  };
  const { url } = Started.parse(await answer());
  return {
    url,
    async usage() {
      child.send('usage');
      return Usage.parse(await answer());
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await exited;
    },
  };
}
