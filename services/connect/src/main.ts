import { serveOperations } from '@parley/shared/http/serve-operations';
import { runService } from '@parley/shared/process/run-service';
import { shape } from './config.ts';
import { startConnect } from './service.ts';

await runService({
  name: 'connect',
  shape,
  env: process.env,
  async start(config, telemetry) {
    await using stack = new AsyncDisposableStack();
    const connect = stack.use(await startConnect(config, { telemetry }));
    stack.use(await serveOperations({ registry: telemetry.registry, ready: connect.ready }, { port: config.OPS_PORT }));
    return stack.move();
  },
});
