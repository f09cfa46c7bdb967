import { once } from 'node:events';
import { z } from 'zod';
import { type ConfigOf, maskedSummary, type Shape } from '../config/load-config.ts';
import { serveOperations } from '../http/serve-operations.ts';
import { createLogger } from '../logging/logger.ts';
import { createTelemetry, type Telemetry } from '../telemetry/telemetry.ts';
import { withSettings } from './with-settings.ts';

export interface RunningService extends AsyncDisposable {
  /** Rejects while the service cannot do its work. */
  readonly ready: () => Promise<unknown>;
}

/** One service as a process of its own. */
export interface ServiceMain<S extends Shape> {
  readonly name: string;
  readonly shape: S;
  readonly env: NodeJS.ProcessEnv;
  readonly start: (config: ConfigOf<S>, telemetry: Telemetry) => Promise<RunningService>;
}

/** What every process has. */
const Process = z.object({ LOG_LEVEL: z.string(), OPS_PORT: z.number() });

/**
 * The life of a process: settings, the operations port, start, work until SIGTERM or SIGINT, stop what was started. The operations
 * port opens first, so that a service that waits for Redis is seen to live. A second signal ends the process at once.
 * Settings that do not fit are printed, all of them, and the process ends with code 1 without having opened anything.
 */
export async function runService<S extends Shape>({ name, shape, env, start }: ServiceMain<S>): Promise<void> {
  await withSettings(shape, env, async (config) => {
    const { LOG_LEVEL: level, OPS_PORT: port } = Process.parse(config);
    const logger = createLogger({ service: name, level });
    const telemetry = createTelemetry(logger);
    logger.info({ config: maskedSummary(shape, config) }, 'starting');
    let ready: RunningService['ready'] = notStarted;
    await using _operations = await serveOperations({ registry: telemetry.registry, ready: () => ready() }, { port });
    await using service = await start(config, telemetry);
    ready = service.ready;
    const signal = firstSignal();
    logger.info('started');
    logger.info({ signal: await signal }, 'stopping');
  });
  // A connection that BullMQ waits on does not end while Redis is away, and would keep a process that has nothing left to do.
  process.exit();
}

const notStarted = () => Promise.reject(new Error('not started'));

/** Listens for no further one, so that the next signal, whichever it is, has its usual effect. */
async function firstSignal(): Promise<string> {
  const heard = new AbortController();
  const signals = ['SIGTERM', 'SIGINT'].map((name) => once(process, name, { signal: heard.signal }));
  const [name] = await Promise.race(signals);
  heard.abort();
  return name;
}
