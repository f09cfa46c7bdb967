import { shape } from '@parley/parley/config';
import { startParley } from '@parley/parley/service';
import { loadConfig } from '@parley/shared/config/load-config';
import { createLogger } from '@parley/shared/logging/logger';
import { createTelemetry } from '@parley/shared/telemetry/telemetry';
import type { Running } from '../processes/programs.ts';
import { untilReady } from './parley-ingress.ts';

/** Ingress, workers and dashboard in one process, as `npm start` runs them. */
export async function startAllOfParley(env: NodeJS.ProcessEnv): Promise<Running> {
  const parley = await startParley(loadConfig(shape, env), {
    telemetry: createTelemetry(createLogger({ service: 'parley' })),
  });
  await untilReady(parley.ready);
  return Object.assign(parley, { url: parley.ingressUrl });
}
