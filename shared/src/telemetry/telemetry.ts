import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Logger } from '../logging/logger.ts';

/** One attempt to deliver one message. */
export interface AttemptLine {
  readonly queue: string;
  readonly lane: string;
  readonly eventId: string;
  readonly attempt: number;
  readonly outcome: 'delivered' | 'duplicate' | 'ignored' | 'snoozed' | 'retried' | 'dead';
  /** Why, for every outcome that is not `delivered`. Written by us or by the other side; never a visitor's words. */
  readonly reason?: string | undefined;
  readonly retryInMs?: number | undefined;
  readonly durationMs: number;
  /** From acceptance to the end of this attempt. */
  readonly ageMs: number;
}

/** One request that ingress answered without accepting anything. */
export interface RefusalLine {
  readonly route: string;
  readonly status: number;
  readonly reason: string;
}

/** Business events: each is one log line and one count, together, so that neither can be forgotten. None of them throws. */
export interface Telemetry {
  readonly registry: Registry;
  readonly logger: Logger;
  accepted(line: { route: string; accepted: number; duplicate: number }): void;
  refused(line: RefusalLine): void;
  /** A webhook that is answered 200 and goes nowhere: an unknown type, an account that is not ours. */
  ignored(line: { route: string; reason: string; detail?: string }): void;
  attempted(line: AttemptLine): void;
  /** A look at a thread, and how many messages and closes it found that no webhook had brought. */
  reconciled(line: { account: string; found: number }): void;
  /** A repair of the sweeper's: something died between two steps. */
  healed(line: { queue: string; lanes: number }): void;
  /** HubSpot wants nothing of a portal before `until`; told by the process that met it. */
  portalPaused(line: { portal: string; until: string; why: string }): void;
  portalResumed(line: { portal: string; pausedMs: number }): void;
}

export function createTelemetry(logger: Logger): Telemetry {
  const registry = new Registry();
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `parley_${name}_total`, help, labelNames, registers: [registry] });

  const accepted = counter('accepted', 'Messages taken durably', ['route']);
  const duplicate = counter('duplicate', 'Messages that were taken before', ['route']);
  const refused = counter('refused', 'Requests refused', ['route', 'status']);
  const ignored = counter('ignored', 'Webhooks answered 200 that go nowhere', ['route', 'reason']);
  const attempts = counter('attempts', 'Attempts to deliver a message', ['queue', 'outcome']);
  const looks = counter('looks', 'Looks at threads, in case a webhook was lost', []);
  const found = counter('found', 'What looks found and no webhook had brought', []);
  const healed = counter('healed', 'Lanes repaired by the sweeper', ['queue']);
  const age = new Histogram({
    name: 'parley_delivery_seconds',
    help: 'From acceptance to delivery',
    labelNames: ['queue'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900],
    registers: [registry],
  });

  const pauses = counter('portal_pauses', 'Pauses of a portal, each with the call that met it', ['portal']);
  const pausedUntil = new Gauge({
    name: 'parley_portal_paused_until_seconds',
    help: 'Unix time until which a portal waits as far as this process knows, 0 when it goes on: alert on the greatest of all above now',
    labelNames: ['portal'],
    registers: [registry],
  });

  return {
    registry,
    logger,
    accepted(line) {
      accepted.inc({ route: line.route }, line.accepted);
      duplicate.inc({ route: line.route }, line.duplicate);
      logger.info(line, 'accepted');
    },
    refused(line) {
      refused.inc({ route: line.route, status: line.status });
      logger.warn(line, 'refused');
    },
    ignored(line) {
      ignored.inc({ route: line.route, reason: line.reason });
      logger.info(line, 'ignored');
    },
    attempted(line) {
      attempts.inc({ queue: line.queue, outcome: line.outcome });
      if (line.outcome === 'delivered') age.observe({ queue: line.queue }, line.ageMs / 1000);
      logger[line.outcome === 'dead' ? 'error' : line.outcome === 'retried' ? 'warn' : 'info'](line, 'attempted');
    },
    reconciled(line) {
      looks.inc();
      found.inc(line.found);
      logger[line.found > 0 ? 'warn' : 'debug'](line, 'reconciled');
    },
    healed(line) {
      healed.inc({ queue: line.queue }, line.lanes);
      logger.warn(line, 'healed');
    },
    portalPaused(line) {
      pauses.inc({ portal: line.portal });
      pausedUntil.set({ portal: line.portal }, Date.parse(line.until) / 1000);
      logger.warn(line, 'portal paused');
    },
    portalResumed(line) {
      pausedUntil.set({ portal: line.portal }, 0);
      logger.info(line, 'portal resumed');
    },
  };
}
