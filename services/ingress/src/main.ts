import { runService } from '@parley/shared/process/run-service';
import { shape } from './config.ts';
import { startIngress } from './service.ts';

await runService({
  name: 'ingress',
  shape,
  env: process.env,
  start: (config, telemetry) => startIngress(config, { telemetry }),
});
