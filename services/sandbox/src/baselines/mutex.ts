import { randomBytes } from 'node:crypto';
import { DelayedError } from 'bullmq';
import type { Guard } from './bullmq.ts';

/** Longer than any call, so that a dead worker's conversation goes on. */
const HELD_MS = 15_000;
const AGAIN_MS = 50;

/** Only its holder gives it back. */
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/**
 * One delivery at a time in each conversation, by a lock in Redis: what is usually answered when somebody asks how to keep a
 * chat in order. A job that finds the lock taken comes again a moment later, which costs it no attempt.
 */
export const mutexPerConversation =
  (namespace: string): Guard =>
  (deliver, redis) =>
  async (job, token) => {
    const key = `${namespace}:mutex:${job.queueName}:${job.data.conversation}`;
    const mine = randomBytes(8).toString('hex');
    if (!(await redis.set(key, mine, 'PX', HELD_MS, 'NX'))) {
      await job.moveToDelayed(Date.now() + AGAIN_MS, token);
      throw new DelayedError();
    }
    try {
      return await deliver(job, token);
    } finally {
      await redis.eval(RELEASE, 1, key, mine);
    }
  };
