import { shape } from '@parley/connect/config';
import { startConnect } from '@parley/connect/service';
import { loadConfig } from '@parley/shared/config/load-config';
import { createLogger } from '@parley/shared/logging/logger';
import { createTelemetry } from '@parley/shared/telemetry/telemetry';
import { freePort } from '@parley/shared/testing/free-port';
import type { Sandbox } from '../sandbox.ts';
import { startTestSandbox } from './start.ts';

export interface ConnectParts {
  readonly sandbox: Sandbox;
  /** The sandbox's, and what the pages need. */
  readonly environment: Readonly<Record<string, string>>;
  readonly connect: { readonly url: string };
  /** What the pages logged. */
  readonly lines: readonly string[];
}

/** A sandbox without a token of its own, and the pages on which an account installs the app and connects an inbox. */
export async function withoutToken(): Promise<ConnectParts & AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  const sandbox = stack.use(await startTestSandbox({ settings: { HUBSPOT_ACCESS_TOKEN: '' } }));
  const port = await freePort();
  const environment = {
    ...sandbox.environment,
    INSTALL_PORTALS: sandbox.account.portal,
    CONNECT_PORT: `${port}`,
    CONNECT_URL: `http://127.0.0.1:${port}`,
    HUBSPOT_AUTHORIZE_URL: `${sandbox.simulator.url}/oauth/authorize`,
  };
  sandbox.simulator.app.redirectUrls = [`http://127.0.0.1:${port}/oauth/callback`];
  const lines: string[] = [];
  const logger = createLogger({ service: 'connect' }, { write: (line) => void lines.push(line) });
  const config = loadConfig(shape, environment);
  const connect = stack.use(await startConnect(config, { telemetry: createTelemetry(logger) }));
  return { sandbox, environment, connect, lines, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

/** What a browser does from /install to the page it ends on; `agreed: false` presses Cancel at HubSpot. */
export async function install(
  { sandbox, connect }: Pick<ConnectParts, 'sandbox' | 'connect'>,
  { agreed = true, portalId = sandbox.account.portal } = {},
) {
  const begun = await fetch(`${connect.url}/install`, { redirect: 'manual' });
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
  const back = sandbox.simulator.administrator.consent(begun.headers.get('location') ?? '', { portalId, agreed });
  const ended = await fetch(back, { headers: { cookie } });
  return { back, cookie, status: ended.status, text: await ended.text() };
}
