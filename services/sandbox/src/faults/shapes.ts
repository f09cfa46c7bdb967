import { queues } from '@parley/shared/queues/catalogue';
import { openLanes } from '@parley/shared/queues/lanes';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { prefixOf, QUEUES } from '../baselines/bullmq.ts';

/** The parts of each shape, by the names of Parley's. */
export const ROLES = ['ingress', 'hubspot-publisher', 'bot-dispatcher'] as const;
export type Role = (typeof ROLES)[number];

/** What one process is: a part, or all of them together. */
export type Program = Role | 'all';

export interface Where {
  readonly redis: Redis;
  readonly namespace: string;
  /** Of the door. */
  readonly url: string;
}

/** One way to build the bridge. */
export interface Shape {
  readonly name: 'Parley' | 'direct call' | 'BullMQ + mutex' | 'plain BullMQ';
  /** The processes that it can be taken apart into. */
  readonly parts: readonly Program[];
  readonly command: (program: Program) => [string, ...string[]];
  /** Whether anything that was accepted may still move. Rejects while Redis is away. */
  readonly busy: (where: Where) => Promise<boolean>;
  /** How long after it was last busy it may still find by itself what it was never told, in milliseconds. */
  readonly findsWithinMs: number;
}

const BASELINE = 'services/sandbox/src/baselines/main.ts';

export const SHAPES: readonly Shape[] = [
  {
    name: 'Parley',
    parts: ROLES,
    command: (program) => ['services/sandbox/src/faults/parley/main.ts', program],
    busy: lanesHoldMessages,
    findsWithinMs: 90_000,
  },
  {
    name: 'direct call',
    parts: ['all'],
    command: (program) => [BASELINE, 'direct', program],
    busy: async ({ url }) => {
      const response = await fetch(`${url}/pending`);
      return (await response.text()) !== '0';
    },
    findsWithinMs: 0,
  },
  {
    name: 'BullMQ + mutex',
    parts: ROLES,
    command: (program) => [BASELINE, 'bullmq-mutex', program],
    busy: jobsAreLeft,
    findsWithinMs: 0,
  },
  {
    name: 'plain BullMQ',
    parts: ROLES,
    command: (program) => [BASELINE, 'bullmq', program],
    busy: jobsAreLeft,
    findsWithinMs: 0,
  },
];

async function lanesHoldMessages({ redis, namespace }: Where): Promise<boolean> {
  const lanes = [queues.visitorMessages, queues.agentMessages].map(({ name }) =>
    redis.zcard(openLanes({ redis, namespace, queue: name }).keys.index),
  );
  return (await Promise.all(lanes)).some((busy) => busy > 0);
}

async function jobsAreLeft({ redis, namespace }: Where): Promise<boolean> {
  const left = Object.values(QUEUES).map(async (name) => {
    await using queue = Object.assign(
      new Queue(name, { connection: redis, prefix: prefixOf({ REDIS_NAMESPACE: namespace }) }),
      {
        [Symbol.asyncDispose]: () => queue.close(),
      },
    );
    return queue.getJobCountByTypes('waiting', 'active', 'delayed', 'prioritized');
  });
  return (await Promise.all(left)).some((jobs) => jobs > 0);
}
