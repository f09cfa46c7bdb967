import { Redis } from 'ioredis';
import { z } from 'zod';
import type { Logger } from '../logging/logger.ts';

export interface RedisSettings {
  readonly url: string;
  /** The first part of every key, so that two Parleys can share a Redis. */
  readonly namespace: string;
}

/**
 * A connection that answers at once or fails at once: for requests that somebody waits for. A command that timed out may have
 * been executed all the same.
 */
export const connectImpatient = (url: string): Redis =>
  new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: 2_000,
    enableAutoPipelining: true,
    lazyConnect: true,
    retryStrategy: reconnectDelayMs,
    reconnectOnError: leaveReplica,
  });

/** A connection that waits for Redis to come back, however long: for workers. BullMQ asks for `maxRetriesPerRequest: null`. */
export const connectPatient = (url: string): Redis =>
  new Redis(url, {
    maxRetriesPerRequest: null,
    lazyConnect: true,
    retryStrategy: reconnectDelayMs,
    reconnectOnError: leaveReplica,
  });

const reconnectDelayMs = (attempt: number) => Math.min(attempt * 100, 2_000);

/**
 * After a failover the address leads to the new primary, but an open connection stays with the old one, which takes no writes. The
 * refused command was not executed: it is sent again on the new connection.
 */
const leaveReplica = (error: Error) => (error.message.includes('READONLY') ? RECONNECT_AND_RESEND : false);

const RECONNECT_AND_RESEND = 2;

/**
 * Waits until Redis answers, saying so once when it does not at first, and warns of settings under which accepted messages can
 * be lost: eviction, and no append-only file. Managed services that refuse CONFIG are left unchecked, and that is said too.
 */
export async function awaitRedis(redis: Redis, logger: Logger): Promise<void> {
  let failure: string | undefined;
  redis.on('error', (error) => {
    if (failure === undefined) logger.warn({ reason: error.message }, 'redis is not reachable, waiting for it');
    failure = error.message;
  });
  redis.on('ready', () => {
    if (failure !== undefined) logger.info('redis is reachable again');
    failure = undefined;
  });
  const ready = new Promise<void>((resolve) => redis.once('ready', () => resolve()));
  if (redis.status === 'wait') redis.connect().catch(() => undefined); // the `error` event tells it, reconnecting goes on
  if (redis.status !== 'ready') await ready;
}

/** Logs what of Redis's settings would break "accepted means kept". */
export async function checkDurability(redis: Redis, logger: Logger): Promise<void> {
  const setting = async (name: string) =>
    z.array(z.string()).safeParse(await redis.config('GET', name).catch(() => undefined)).data?.[1];
  const [policy, appendOnly] = await Promise.all([setting('maxmemory-policy'), setting('appendonly')]);
  if (policy === undefined)
    return logger.warn('redis does not let us read its settings: make sure of noeviction and appendonly');
  if (policy !== 'noeviction')
    logger.warn({ policy }, 'redis may evict accepted messages: set maxmemory-policy noeviction');
  if (appendOnly !== 'yes') logger.warn('redis keeps accepted messages in memory only: set appendonly yes');
}
