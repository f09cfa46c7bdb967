import { disposedTogether } from '@parley/shared/process/disposed-together';
import type { RunningService } from '@parley/shared/process/run-service';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import type { JobsOptions } from 'bullmq';
import { type Guard, QUEUES, startDoor, startWorker } from './bullmq.ts';
import type { BaselineConfig } from './config.ts';
import { startDirect } from './direct.ts';
import { mutexPerConversation } from './mutex.ts';
import { createDispatch, createPublish } from './other-sides.ts';

const PARTS = ['ingress', 'hubspot-publisher', 'bot-dispatcher'] as const;

interface OnBullMq {
  readonly retries: (config: BaselineConfig) => JobsOptions;
  readonly guard?: (config: BaselineConfig) => Guard;
}

/** 10 attempts at 1, 2, 4, … s outlast eight minutes; 30 attempts 3 s apart outlast a minute and a half. */
const ON_BULLMQ: Readonly<Record<string, OnBullMq>> = {
  'bullmq-mutex': {
    retries: ({ RETRY_PACE }) => ({
      attempts: 10,
      backoff: { type: 'exponential', delay: 1_000 * RETRY_PACE, jitter: 0.2 },
    }),
    guard: ({ REDIS_NAMESPACE }) => mutexPerConversation(REDIS_NAMESPACE),
  },
  bullmq: {
    retries: ({ RETRY_PACE }) => ({ attempts: 30, backoff: { type: 'fixed', delay: 3_000 * RETRY_PACE } }),
  },
};

/**
 * What a person would write instead of Parley, as a process: on BullMQ one of the three roles below or `all` of them, while `direct`
 * is one process whatever it is called. Throws on a name that is none.
 */
export async function startBaseline(
  config: BaselineConfig,
  { baseline, role, logger }: { baseline: string; role: string; logger: Telemetry['logger'] },
): Promise<RunningService> {
  const started = await startRole(config, { baseline, role, logger });
  return Object.assign(started, { ready: async () => undefined });
}

async function startRole(
  config: BaselineConfig,
  { baseline, role, logger }: { baseline: string; role: string; logger: Telemetry['logger'] },
): Promise<AsyncDisposable> {
  if (baseline === 'direct') return startDirect(config);
  const onBullMq = ON_BULLMQ[baseline];
  if (!onBullMq) throw new Error(`no baseline is called ${baseline}`);
  const guard = onBullMq.guard?.(config);
  const worker = { logger, ...(guard && { guard }) };
  switch (role) {
    case 'all': {
      const roles = await Promise.all(PARTS.map((part) => startRole(config, { baseline, role: part, logger })));
      const all = disposedTogether();
      for (const part of roles) all.use(part);
      return all;
    }
    case 'ingress':
      return startDoor(config, { logger, retries: onBullMq.retries(config) });
    case 'hubspot-publisher':
      return startWorker(config, { ...worker, queue: QUEUES.toHubSpot, deliver: createPublish(config) });
    case 'bot-dispatcher':
      return startWorker(config, { ...worker, queue: QUEUES.toBot, deliver: createDispatch(config) });
    default:
      throw new Error(`no process is called ${role}`);
  }
}
