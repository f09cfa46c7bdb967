import { once } from 'node:events';
import { ConfigError, loadConfig, maskedSummary } from '@parley/shared/config/load-config';
import { serveOperations } from '@parley/shared/http/serve-operations';
import { createLogger } from '@parley/shared/logging/logger';
import { createTelemetry } from '@parley/shared/telemetry/telemetry';
import { ingressShape } from './config.ts';
import { startIngress } from './service.ts';

try {
  const config = loadConfig(ingressShape, process.env);
  const telemetry = createTelemetry(createLogger({ service: 'ingress', level: config.LOG_LEVEL }));
  const { logger, registry } = telemetry;
  logger.info({ settings: maskedSummary(ingressShape, config) }, 'starting');
  await using ingress = await startIngress(config, { telemetry });
  await using operations = await serveOperations({ registry, ready: ingress.ready }, { port: config.OPS_PORT });
  logger.info({ url: ingress.url, operationsUrl: operations.url }, 'listening');
  const [signal] = await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  logger.info({ signal }, 'stopping');
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
