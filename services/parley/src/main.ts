import { serveOperations } from '@parley/shared/http/serve-operations';
import { runService } from '@parley/shared/process/run-service';
import { shape } from './config.ts';
import { startParley } from './service.ts';

await runService({
  name: 'parley',
  shape,
  env: process.env,
  async start(config, telemetry) {
    await using stack = new AsyncDisposableStack();
    const parley = stack.use(await startParley(config, { telemetry }));
    stack.use(await serveOperations({ registry: telemetry.registry, ready: parley.ready }, { port: config.OPS_PORT }));
    return stack.move();
  },
});
