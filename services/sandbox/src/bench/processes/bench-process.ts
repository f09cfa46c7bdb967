import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { CpuProfile } from './profile.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

/** What a process has used so far. */
export const Usage = z.object({
  /** Microseconds of CPU, all threads. */
  cpuUs: z.number(),
  /** Bytes: of the whole process, and of its objects. */
  rss: z.number(),
  heapUsed: z.number(),
});
type Usage = z.infer<typeof Usage>;

/** What is heard of a process that ended instead is its exit code, which is none of these. */
const Started = z.object({ url: z.string() });

export interface BenchProcess extends AsyncDisposable {
  /** Where it listens; empty for a worker. */
  readonly url: string;
  /** `collected`: after the garbage has gone. */
  readonly usage: (when?: 'now' | 'collected') => Promise<Usage>;
  /** What its CPU was used for while `run` ran. */
  readonly profile: (run: () => Promise<unknown>) => Promise<CpuProfile>;
}

/**
 * Starts one of the programs that `programs.ts` names as a process of its own and waits until it works. It ends when it is disposed
 * of, or with this process. What it logs goes where a log costs no more than the writing.
 */
export async function startBenchProcess(
  program: string,
  settings: Readonly<Record<string, string>>,
): Promise<BenchProcess> {
  const child = fork(MAIN, [program], {
    env: settings,
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const answer = async (): Promise<unknown> => {
    const [message] = await Promise.race([once(child, 'message'), exited]);
    return message;
  };
  const { url } = Started.parse(await answer());
  const ask = async (what: string): Promise<unknown> => {
    child.send(what);
    return answer();
  };
  return {
    url,
    usage: async (when = 'now') => Usage.parse(await ask(when)),
    async profile(run) {
      await ask('profile begins');
      await run();
      return CpuProfile.parse(await ask('profile ends'));
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await exited;
    },
  };
}
