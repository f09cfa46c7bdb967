import { runService } from '@parley/shared/process/run-service';
import { shape } from './config.ts';
import { startBotDispatcher } from './service.ts';

await runService({
  name: 'bot-dispatcher',
  shape,
  env: process.env,
  start: (config, telemetry) => startBotDispatcher(config, { telemetry }),
});
