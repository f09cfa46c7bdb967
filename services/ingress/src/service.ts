import type { PortalId } from '@parley/shared/contracts/ids';
import { serve } from '@parley/shared/http/serve';
import { createHubSpotApi } from '@parley/shared/hubspot/api';
import { createFilesClient } from '@parley/shared/hubspot/files';
import { openPortals } from '@parley/shared/hubspot/open-portals';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import { createApp } from './app.ts';
import type { IngressConfig } from './config.ts';
import { startIntake } from './intake.ts';
import { routesOf } from './routes.ts';

/** Somebody waits for the file. */
const HUBSPOT_TIMEOUT_MS = 5_000;

export interface IngressParts {
  readonly telemetry: Telemetry;
  /** The address to listen on; all of the machine's when it is not said. */
  readonly host?: string | undefined;
  /** The clock that signed webhooks are held against, milliseconds since 1970. */
  readonly now?: () => number;
}

export interface Ingress extends AsyncDisposable {
  readonly url: string;
  /** Resolves when something could be accepted now; for the operations port, which is the caller's to open. */
  readonly ready: () => Promise<void>;
}

/**
 * Opens the port at once, also while Redis is away: until it answers, every event is refused with 503. Disposing lets requests
 * in hand finish before Redis is let go.
 */
export async function startIngress(
  config: IngressConfig,
  { telemetry, host, now = Date.now }: IngressParts,
): Promise<Ingress> {
  await using stack = new AsyncDisposableStack();
  const intake = stack.use(
    startIntake({ url: config.REDIS_URL, namespace: config.REDIS_NAMESPACE, logger: telemetry.logger }),
  );
  const { ready, redis } = intake;
  const accessTo = openPortals(config, { redis, namespace: config.REDIS_NAMESPACE, told: telemetry });
  const filesOf = (portalId: PortalId) =>
    createFilesClient(createHubSpotApi({ ...accessTo(portalId), timeoutMs: HUBSPOT_TIMEOUT_MS }));
  const routes = routesOf({ config, telemetry, intake, filesOf, now });
  const app = createApp({ telemetry, ready, routes });
  const { url } = stack.use(await serve(app, { port: config.INGRESS_PORT, host }));
  telemetry.logger.info({ url }, 'ingress listens');
  const opened = stack.move();
  return { url, ready, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
