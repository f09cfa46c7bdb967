import { runService } from '@parley/shared/process/run-service';
import { shape } from './config.ts';
import { startParley } from './service.ts';

await runService({
  name: 'parley',
  shape,
  env: process.env,
  start: (config, telemetry) => startParley(config, { telemetry }),
});
