import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { QueueDefinition } from './catalogue.ts';
import { turnId } from './lane.ts';
import { type GrantedTurn, type Lanes, openLanes } from './lanes.ts';

/** What the job of a turn carries. */
export interface TurnData {
  readonly lane: string;
  readonly generation: string;
}

/** One queue: its lanes, which own the messages, and the BullMQ queues beside them. */
export interface OpenQueue<Message> extends AsyncDisposable {
  readonly definition: QueueDefinition<Message>;
  readonly redis: Redis;
  /** BullMQ's key prefix, and the hash tag that keeps all keys in one slot of a Redis Cluster. */
  readonly prefix: string;
  readonly lanes: Lanes;
  /** One job a turn. */
  readonly turns: Queue<TurnData>;
  /** One job a dead letter; no worker ever takes one. */
  readonly letters: Queue<unknown>;
  /** Adds the jobs of granted turns. The job's id is the turn's, so doing it again changes nothing. */
  addTurns(turns: readonly GrantedTurn[]): Promise<void>;
}

export const bullPrefix = (namespace: string): string => `{${namespace}}`;

export const deadLetterQueueName = (queue: string): string => `${queue}-dead`;

/** Opens a queue on a connection that stays the caller's. */
export function openQueue<Message>(
  definition: QueueDefinition<Message>,
  { redis, namespace }: { redis: Redis; namespace: string },
): OpenQueue<Message> {
  const prefix = bullPrefix(namespace);
  const options = { connection: redis, prefix };
  const turns = new Queue<TurnData>(definition.name, {
    ...options,
    defaultJobOptions: {
      attempts: definition.ladder.length + 1,
      backoff: { type: 'ladder' },
      removeOnComplete: { count: 100 },
      removeOnFail: { count: 1_000 },
    },
  });
  const letters = new Queue<unknown>(deadLetterQueueName(definition.name), options);
  // The connection is the caller's, who hears of its errors; BullMQ would print each of them once more for each queue.
  for (const queue of [turns, letters]) queue.on('error', () => undefined);

  return {
    definition,
    redis,
    prefix,
    lanes: openLanes({ redis, namespace, queue: definition.name }),
    turns,
    letters,
    async addTurns(granted) {
      // One by one costs half of `addBulk`, whose transaction nobody needs: a turn that is not added is mended like a lost one.
      await Promise.all(granted.map((turn) => turns.add('turn', turn, { jobId: turnId(turn.lane, turn.generation) })));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([turns.close(), letters.close()]);
    },
  };
}
