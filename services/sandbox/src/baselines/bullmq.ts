import { awaitRedis, connectImpatient, connectPatient } from '@parley/shared/redis/connect';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import { type Job, type JobsOptions, Queue, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { BaselineConfig } from './config.ts';
import { type Deliver, Refused } from './other-sides.ts';
import { serveWords, type Take } from './serve-words.ts';
import type { Words } from './words.ts';

/** One queue each way. */
export const QUEUES = { toHubSpot: 'to-hubspot', toBot: 'to-bot' } as const;

type Logger = Telemetry['logger'];

/**
 * The door: `queue.add`, then the answer. A job's id is the message's, so what is brought twice is one job for as long as BullMQ
 * remembers it, which is the last ten thousand.
 */
export async function startDoor(
  config: BaselineConfig,
  { logger, retries }: { logger: Logger; retries: JobsOptions },
): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const connection = stack.adopt(connectImpatient(config.REDIS_URL), (redis) => redis.disconnect());
  await awaitRedis(connection, logger);
  const adding = (name: string): Take => {
    const queue = stack.use(disposable(new Queue<Words>(name, { connection, prefix: prefixOf(config) })));
    const kept = { removeOnComplete: { count: 10_000 }, removeOnFail: { count: 10_000 } };
    return async (words) => void (await queue.add('words', words, { jobId: `m-${words.id}`, ...kept, ...retries }));
  };
  stack.use(await serveWords(config, { fromBot: adding(QUEUES.toHubSpot), fromHubSpot: adding(QUEUES.toBot) }));
  const opened = stack.move();
  return { [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

type Process = (job: Job<Words>, token?: string) => Promise<void>;

/** Wraps the processor of a queue's jobs, on the worker's connection. */
export type Guard = (deliver: Process, redis: Redis) => Process;

/**
 * The worker of one queue, as wide as Parley's and with the same lock. A 429 is BullMQ's own rate limit: the queue waits and the
 * job loses no attempt. What will never be taken (400, 404, 410) is not tried again.
 */
export async function startWorker(
  config: BaselineConfig,
  parts: { logger: Logger; queue: string; deliver: Deliver; guard?: Guard },
): Promise<AsyncDisposable> {
  const { logger, queue, deliver, guard = (processor) => processor } = parts;
  const connection = connectPatient(config.REDIS_URL);
  await awaitRedis(connection, logger);
  const limited = new Queue(queue, { connection, prefix: prefixOf(config) });
  const processor = guard(async ({ data }) => {
    try {
      await deliver(data);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (NEVER.includes(error.status)) throw new UnrecoverableError(error.message);
      if (error.status !== 429) throw error;
      await limited.rateLimit(error.retryAfterMs ?? WINDOW_MS);
      throw Worker.RateLimitError();
    }
  }, connection);
  const worker = new Worker<Words>(queue, processor, {
    connection,
    prefix: prefixOf(config),
    concurrency: 1_000,
    lockDuration: 15_000,
    stalledInterval: 5_000,
    maxStalledCount: 10,
  });
  worker.on('error', () => undefined);
  limited.on('error', () => undefined);
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all([worker.close(), limited.close()]);
      connection.disconnect();
    },
  };
}

const NEVER = [400, 404, 410];

/** Of HubSpot's rate limit, which does not say when to come again. */
const WINDOW_MS = 10_000;

export const prefixOf = ({ REDIS_NAMESPACE }: Pick<BaselineConfig, 'REDIS_NAMESPACE'>): string =>
  `{${REDIS_NAMESPACE}}`;

function disposable<Q extends Queue>(queue: Q) {
  queue.on('error', () => undefined); // BullMQ would print each failure of the connection
  return Object.assign(queue, { [Symbol.asyncDispose]: () => queue.close() });
}
