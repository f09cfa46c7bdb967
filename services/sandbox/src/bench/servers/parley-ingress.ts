import { shape } from '@parley/ingress/config';
import { startIngress } from '@parley/ingress/service';
import { loadConfig } from '@parley/shared/config/load-config';
import { createLogger } from '@parley/shared/logging/logger';
import { createTelemetry } from '@parley/shared/telemetry/telemetry';
import { createWatch } from '@parley/shared/testing/watch';
import type { Running } from '../processes/programs.ts';

/** The ingress as it is run, with its checks and its log. */
export async function startParleyIngress(env: NodeJS.ProcessEnv): Promise<Running> {
  const ingress = await startIngress(loadConfig(shape, env), {
    telemetry: createTelemetry(createLogger({ service: 'ingress' })),
  });
  await untilReady(ingress.ready);
  return ingress;
}

export const untilReady = (ready: () => Promise<unknown>): Promise<void> =>
  createWatch().until(
    () =>
      ready().then(
        () => true,
        () => false,
      ),
    'it can accept',
  );
