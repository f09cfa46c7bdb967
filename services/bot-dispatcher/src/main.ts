import { serveOperations } from '@parley/shared/http/serve-operations';
import { runService } from '@parley/shared/process/run-service';
import { shape } from './config.ts';
import { startBotDispatcher } from './service.ts';

await runService({
  name: 'bot-dispatcher',
  shape,
  env: process.env,
  async start(config, telemetry) {
    await using stack = new AsyncDisposableStack();
    const dispatcher = stack.use(await startBotDispatcher(config, { telemetry }));
    stack.use(
      await serveOperations({ registry: telemetry.registry, ready: dispatcher.ready }, { port: config.OPS_PORT }),
    );
    return stack.move();
  },
});
