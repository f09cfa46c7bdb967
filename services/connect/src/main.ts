import { runService } from '@parley/shared/process/run-service';
import { shape } from './config.ts';
import { startConnect } from './service.ts';

await runService({
  name: 'connect',
  shape,
  env: process.env,
  start: (config, telemetry) => startConnect(config, { telemetry }),
});
