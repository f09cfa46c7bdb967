import { serveOperations } from '@parley/shared/http/serve-operations';
import { runService } from '@parley/shared/process/run-service';
import { shape } from './config.ts';
import { startHubSpotPublisher } from './service.ts';

await runService({
  name: 'hubspot-publisher',
  shape,
  env: process.env,
  async start(config, telemetry) {
    await using stack = new AsyncDisposableStack();
    const publisher = stack.use(await startHubSpotPublisher(config, { telemetry }));
    stack.use(
      await serveOperations({ registry: telemetry.registry, ready: publisher.ready }, { port: config.OPS_PORT }),
    );
    return stack.move();
  },
});
