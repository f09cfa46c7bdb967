import { createFileLinks, FILES_ROUTE } from '@parley/shared/file-links/file-links';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import { type AgentFilesDeps, leadToAgentFile } from './agent-files.ts';
import type { Route } from './app.ts';
import { BOT_ROUTE, takeBotEvents } from './bot-events.ts';
import { CHANNEL_ROUTE, takeChannelWebhook } from './channel-webhooks.ts';
import type { IngressConfig } from './config.ts';
import type { Intake } from './intake.ts';
import { requireBot } from './known-bot.ts';
import { readRawBody } from './raw-body.ts';
import { SUBSCRIPTIONS_ROUTE, takeThreadEvents } from './thread-events.ts';
import { requirePathToken, requireSignature } from './webhook-guard.ts';

export interface RoutesDeps {
  readonly config: IngressConfig;
  readonly telemetry: Telemetry;
  readonly intake: Intake;
  readonly filesOf: AgentFilesDeps['filesOf'];
  readonly now: () => number;
}

/** Who may ask what, and where. */
export function routesOf({ config, telemetry, intake, filesOf, now }: RoutesDeps): Route[] {
  const deps = { ...intake, telemetry, channel: config.HUBSPOT_CHANNEL_ID };
  const pathToken = requirePathToken(config.HUBSPOT_WEBHOOK_TOKEN);
  const signature = (accepted: IngressConfig['HUBSPOT_SIGNATURES']) =>
    requireSignature({ clientSecret: config.HUBSPOT_CLIENT_SECRET, publicUrl: config.PUBLIC_URL, accepted, now });
  const links = createFileLinks({ publicUrl: config.PUBLIC_URL, secret: config.HUBSPOT_CLIENT_SECRET, now });
  const versions = config.HUBSPOT_SIGNATURES;

  return [
    {
      name: BOT_ROUTE,
      path: BOT_ROUTE,
      guard: requireBot(intake.accounts),
      handlers: [readRawBody, takeBotEvents(deps)],
    },
    {
      name: CHANNEL_ROUTE,
      path: `${CHANNEL_ROUTE}/:token`,
      guard: pathToken,
      // v1 signs the webhooks of subscriptions alone, which are signed always.
      handlers: [readRawBody, signature(versions.filter((version) => version !== 'v1')), takeChannelWebhook(deps)],
    },
    {
      name: SUBSCRIPTIONS_ROUTE,
      path: `${SUBSCRIPTIONS_ROUTE}/:token`,
      guard: pathToken,
      handlers: [readRawBody, signature(versions.filter((version) => version !== 'none')), takeThreadEvents(deps)],
    },
    {
      method: 'get',
      name: FILES_ROUTE,
      path: `${FILES_ROUTE}/:token`,
      // The token in the address is the key; it is read with the file that it names.
      guard: (_request, _response, next) => next(),
      handlers: [leadToAgentFile({ filesOf, links, apiUrl: config.HUBSPOT_API_URL, now })],
    },
  ];
}
