import { runService } from '@parley/shared/process/run-service';
import { shape } from './config.ts';
import { startDashboard } from './service.ts';

await runService({
  name: 'dashboard',
  shape,
  env: process.env,
  start: (config, telemetry) => startDashboard(config, { telemetry }),
});
