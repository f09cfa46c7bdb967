import { once } from 'node:events';
import { ConfigError, type ConfigOf, loadConfig, maskedSummary, type Shape } from '../config/load-config.ts';
import { common } from '../config/settings.ts';
import { createLogger } from '../logging/logger.ts';
import { createTelemetry, type Telemetry } from '../telemetry/telemetry.ts';

/** One service as a process of its own. */
export interface ServiceMain<S extends Shape> {
  readonly name: string;
  readonly shape: S;
  readonly env: NodeJS.ProcessEnv;
  readonly start: (config: ConfigOf<S>, telemetry: Telemetry) => Promise<AsyncDisposable>;
}

/**
 * The life of a process: settings, start, work until SIGTERM or SIGINT, stop what was started. A second signal ends it at once.
 * Settings that do not fit are printed, all of them, and the process ends with code 1 without having opened anything.
 */
export async function runService<S extends Shape>({ name, shape, env, start }: ServiceMain<S>): Promise<void> {
  const config = readConfig(shape, env);
  if (!config) return;
  const { LOG_LEVEL: level } = loadConfig({ LOG_LEVEL: common.LOG_LEVEL }, env);
  const logger = createLogger({ service: name, level });
  logger.info({ config: maskedSummary(shape, config) }, 'starting');
  await using _service = await start(config, createTelemetry(logger));
  logger.info('started');
  logger.info({ signal: await firstSignal() }, 'stopping');
}

/** Listens for no further one, so that the next signal, whichever it is, has its usual effect. */
async function firstSignal(): Promise<string> {
  const heard = new AbortController();
  const signals = ['SIGTERM', 'SIGINT'].map((name) => once(process, name, { signal: heard.signal }));
  const [name] = await Promise.race(signals);
  heard.abort();
  return name;
}

function readConfig<S extends Shape>(shape: S, env: NodeJS.ProcessEnv) {
  try {
    return loadConfig(shape, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
    return undefined;
  }
}
