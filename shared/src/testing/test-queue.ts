import { pino } from 'pino';
import { z } from 'zod';
import { ChannelAccountId, ConversationId } from '../contracts/ids.ts';
import { startConsumer } from '../queues/consumer.ts';
import { openDeadLetters } from '../queues/dead-letters.ts';
import type { Lane } from '../queues/lane.ts';
import { openQueue } from '../queues/open-queue.ts';
import { createProducer } from '../queues/producer.ts';
import type { RetryLadder } from '../queues/retry-ladder.ts';
import type { Handle } from '../queues/turn.ts';
import { connectPatient } from '../redis/connect.ts';
import { type AttemptLine, createTelemetry } from '../telemetry/telemetry.ts';
import { testRedis } from './test-redis.ts';
import { createWatch } from './watch.ts';

export const account = ChannelAccountId.parse('898158620');

export const lane = (conversation: string, of = account): Lane => ({
  account: of,
  conversation: ConversationId.parse(conversation),
});

/** A queue of plain words on a real Redis, with a real consumer; what happened is watched, never slept for. */
export async function testQueue({
  handle,
  ladder = [1, 1, 1],
  mourn = async () => undefined,
}: {
  handle: Handle<string>;
  ladder?: RetryLadder;
  mourn?: (word: string) => Promise<void>;
}) {
  const { url, namespace } = testRedis();
  const redis = connectPatient(url);
  await redis.connect();
  const queue = openQueue({ name: 'words', schema: z.string(), ladder }, { redis, namespace });
  const accept = createProducer(queue);
  const attempts: AttemptLine[] = [];
  const watch = createWatch();
  const telemetry = createTelemetry(pino({ level: 'silent' }));
  const start = () =>
    startConsumer({
      queue,
      handle,
      mourn: async (_letter, word) => {
        await mourn(word);
        watch.changed();
      },
      telemetry: {
        ...telemetry,
        attempted(line) {
          attempts.push(line);
          watch.changed();
        },
      },
    });

  return {
    redis,
    queue,
    attempts,
    start,
    letters: openDeadLetters(queue),
    until: watch.until,
    changed: watch.changed,
    /** Each word is its own event id. */
    accept: (to: Lane, ...words: string[]) => accept(words.map((word) => ({ lane: to, id: word, message: word }))),
    async [Symbol.asyncDispose]() {
      await queue[Symbol.asyncDispose]();
      redis.disconnect();
    },
  };
}
