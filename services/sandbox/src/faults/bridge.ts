import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServiceProcess, startServiceProcess } from '../service-process.ts';
import type { Program, Role, Shape } from './shapes.ts';

/** The processes of one shape, under something that starts again what dies, as in production. */
export interface Bridge extends AsyncDisposable {
  /** SIGKILL, and a start anew. Of a shape without this part, the one process that does its work. */
  readonly kill: (role: Role) => Promise<void>;
  /** SIGSTOP to all workers while others work beside them. Gives what wakes them. A door with its port has nobody beside it. */
  readonly freezeWorkers: () => Promise<() => void>;
  /** How often a process ended by itself. */
  readonly fell: () => number;
}

export interface BridgeOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Each part is a process of its own. */
  readonly apart: boolean;
  /** By how many milliseconds the clock of a process is wrong. */
  readonly clocks: Partial<Record<Program, number>>;
}

export async function startBridge(shape: Shape, { environment, apart, clocks }: BridgeOptions): Promise<Bridge> {
  const programs: readonly Program[] = apart ? shape.parts : ['all'];
  const all: ServiceProcess[] = [];
  const current = new Map<Program, ServiceProcess>();
  let over = false;
  let fell = 0;

  async function start(program: Program): Promise<void> {
    const started = await startServiceProcess({
      command: shape.command(program),
      environment: { ...environment, NODE_COMPILE_CACHE: COMPILED, ...skewed(clocks[program]) },
    });
    all.push(started);
    current.set(program, started);
    void started.ended.then(async () => {
      if (over || current.get(program) !== started) return;
      fell += 1;
      await start(program).catch(() => undefined); // it fell again, and what it had to do is seen to be missing
    });
  }

  const at = (role: Role): Program => (programs.includes(role) ? role : 'all');
  const end = async () => {
    over = true;
    await Promise.all(all.map((each) => each.kill()));
  };
  await Promise.all(programs.map(start)).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  return {
    kill: async (role) => {
      const killed = current.get(at(role));
      current.delete(at(role));
      await killed?.kill();
      await start(at(role));
    },
    freezeWorkers: async () => {
      const workers = programs.filter((program) => program !== 'ingress' && program !== 'all');
      const frozen = (workers.length > 0 ? workers : programs).map((program) => current.get(program));
      for (const worker of frozen) worker?.stop();
      await Promise.all(workers.map(start));
      return () => {
        for (const worker of frozen) worker?.wake();
      };
    },
    fell: () => fell,
    [Symbol.asyncDispose]: end,
  };
}

/** Every row starts the same programs: the second start need not compile them. */
const COMPILED = join(tmpdir(), 'parley-compile-cache');

const SKEWED_CLOCK = new URL('./skewed-clock.ts', import.meta.url).href;

const skewed = (ms: number | undefined): Record<string, string> =>
  ms === undefined ? {} : { CLOCK_SKEW_MS: String(ms), NODE_OPTIONS: `--import=${SKEWED_CLOCK}` };
