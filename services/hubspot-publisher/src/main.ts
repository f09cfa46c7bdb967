import { runService } from '@parley/shared/process/run-service';
import { shape } from './config.ts';
import { startHubSpotPublisher } from './service.ts';

await runService({
  name: 'hubspot-publisher',
  shape,
  env: process.env,
  start: (config, telemetry) => startHubSpotPublisher(config, { telemetry }),
});
