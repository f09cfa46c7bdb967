import type { ClosingPace } from '@parley/bot-dispatcher/hand-back';
import { startBotDispatcher } from '@parley/bot-dispatcher/service';
import { startDashboard } from '@parley/dashboard/service';
import { startHubSpotPublisher } from '@parley/hubspot-publisher/service';
import { startIngress } from '@parley/ingress/service';
import { disposedTogether } from '@parley/shared/process/disposed-together';
import { queues } from '@parley/shared/queues/catalogue';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import type { ParleyConfig } from './config.ts';

export interface Parley extends AsyncDisposable {
  readonly ingressUrl: string;
  readonly dashboardUrl: string;
  /** Rejects when Redis does not answer. */
  readonly ready: () => Promise<unknown>;
}

/** How long things wait for which nobody but time can be asked; a test is quicker. */
export interface Paces {
  readonly closing?: ClosingPace;
  readonly reconcileRoundMs?: number;
}

export interface ParleyParts {
  readonly telemetry: Telemetry;
  readonly catalogue?: typeof queues;
  readonly paces?: Paces;
  /** The address that ingress and dashboard listen on; all of the machine's when it is not said. */
  readonly host?: string;
}

/**
 * Ingress, both workers and the dashboard in one process. Stops in reverse order of the flow: what is accepted last still
 * finds its way into Redis, and the workers of the next process take it from there.
 */
export async function startParley(
  config: ParleyConfig,
  { telemetry, catalogue = queues, paces, host }: ParleyParts,
): Promise<Parley> {
  await using stack = new AsyncDisposableStack();
  const ingress = stack.use(await startIngress(config, { telemetry, host }));
  const workers = stack.use(disposedTogether());
  workers.use(await startHubSpotPublisher(config, { telemetry, catalogue, ...paces }));
  workers.use(await startBotDispatcher(config, { telemetry, catalogue, ...paces }));
  const dashboard = stack.use(await startDashboard(config, { telemetry, host }));
  const opened = stack.move();
  return {
    ingressUrl: ingress.url,
    dashboardUrl: dashboard.url,
    ready: ingress.ready,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
