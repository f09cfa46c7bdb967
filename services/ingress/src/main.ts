import { serveOperations } from '@parley/shared/http/serve-operations';
import { runService } from '@parley/shared/process/run-service';
import { shape } from './config.ts';
import { startIngress } from './service.ts';

await runService({
  name: 'ingress',
  shape,
  env: process.env,
  async start(config, telemetry) {
    await using stack = new AsyncDisposableStack();
    const ingress = stack.use(await startIngress(config, { telemetry }));
    stack.use(await serveOperations({ registry: telemetry.registry, ready: ingress.ready }, { port: config.OPS_PORT }));
    return stack.move();
  },
});
