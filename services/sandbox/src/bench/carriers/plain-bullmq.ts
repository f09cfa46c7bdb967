import type { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import { connectPatient } from '@parley/shared/redis/connect';
import { type JobsOptions, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Carrier } from './carrier.ts';

export const PLAIN_QUEUE = 'messages';

export const PLAIN_JOBS: JobsOptions = {
  attempts: 20,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: true,
};

/** For producers: commands of one moment go in one write. */
export const connectPipelining = (url: string): Redis =>
  new Redis(url, { enableAutoPipelining: true, maxRetriesPerRequest: null, lazyConnect: true });

/** As many as Parley's. More made nothing faster. */
export const CONCURRENCY = 1_000;

/**
 * BullMQ by its manual: one job a message, attempts with exponential backoff, jobs removed when they are done, a connection with
 * autopipelining for the producer. It keeps no order and remembers no id.
 */
export async function openPlainBullmq(redisUrl: string): Promise<Carrier> {
  const connection = connectPipelining(redisUrl);
  await connection.connect();
  const queue = new Queue<EventFromBot>(PLAIN_QUEUE, { connection, defaultJobOptions: PLAIN_JOBS });
  return {
    accept: (_lane, messages) => queue.addBulk(messages.map((data) => ({ name: 'message', data }))),
    async work(handle) {
      const own = connectPatient(redisUrl);
      await own.connect();
      const worker = new Worker<EventFromBot>(PLAIN_QUEUE, ({ data }) => handle(data), {
        connection: own,
        concurrency: CONCURRENCY,
      });
      return {
        async [Symbol.asyncDispose]() {
          await worker.close();
          own.disconnect();
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await queue.close();
      connection.disconnect();
    },
  };
}
