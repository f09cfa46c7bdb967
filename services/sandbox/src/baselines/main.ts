import { runService } from '@parley/shared/process/run-service';
import { shape } from './config.ts';
import { startBaseline } from './service.ts';

const [baseline = '', role = ''] = process.argv.slice(2);

await runService({
  name: `${baseline} ${role}`,
  shape,
  env: process.env,
  start: (config, { logger }) => startBaseline(config, { baseline, role, logger }),
});
