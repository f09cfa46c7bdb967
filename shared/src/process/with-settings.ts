import { ConfigError, type ConfigOf, loadConfig, type Shape } from '../config/load-config.ts';

/**
 * Reads `shape` from `env` and runs with it. Settings that do not fit are printed, all of them and without a stack, and the process
 * ends with code 1.
 */
export async function withSettings<S extends Shape>(
  shape: S,
  env: NodeJS.ProcessEnv,
  run: (config: ConfigOf<S>) => Promise<void>,
): Promise<void> {
  try {
    await run(loadConfig(shape, env));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
