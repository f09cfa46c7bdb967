import { Redis, type RedisOptions } from 'ioredis';
import { z } from 'zod';
import type { Logger } from '../logging/logger.ts';
import { isSentinelUrl, SentinelUrl } from './redis-url.ts';

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
  open(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: 2_000,
    socketTimeout: 3_000,
    enableAutoPipelining: true,
  });

/** A connection that waits for Redis to come back, however long: for workers. BullMQ asks for `maxRetriesPerRequest: null`. */
export const connectPatient = (url: string): Redis =>
  open(url, {
    maxRetriesPerRequest: null,
    socketTimeout: 15_000, // BullMQ has Redis be silent for ten seconds
  });

/**
 * `socketTimeout`, in milliseconds, is for a machine that vanished without closing its connections. ioredis could hear of its
 * successor from the sentinels (`failoverDetector`), but a connection that hears of it while it reconnects would end for ever.
 */
function open(url: string, patience: Omit<RedisOptions, 'replyMapping'>): Redis {
  const reconnecting = { retryStrategy: reconnectDelayMs, reconnectOnError: leaveReplica };
  const options = { ...patience, ...reconnecting, lazyConnect: true };
  if (!isSentinelUrl(url)) return new Redis(url, options);
  return new Redis({
    ...options,
    ...SentinelUrl.parse(url),
    role: 'master',
    sentinelRetryStrategy: reconnectDelayMs,
    sentinelCommandTimeout: 2_000, // the next one is asked when one hangs
  });
}

const reconnectDelayMs = (attempt: number) => Math.min(attempt * 100, 2_000);

/**
 * After a failover the address leads to the new primary, but an open connection stays with the old one, which takes no writes. The
 * refused command was not executed: it is sent again on the new connection.
 */
const leaveReplica = (error: Error) => (error.message.includes('READONLY') ? RECONNECT_AND_RESEND : false);

const RECONNECT_AND_RESEND = 2;

/** The connections of a process that are away, by its logger: an outage is said once, however many notice it. */
const awayOf = new WeakMap<Logger, Set<Redis>>();

/** Waits until Redis answers, saying so once when it does not, at first or later. */
export async function awaitRedis(redis: Redis, logger: Logger): Promise<void> {
  const away = awayOf.get(logger) ?? new Set();
  awayOf.set(logger, away);
  redis.on('error', ({ message: reason }) => {
    if (away.size === 0) logger.warn({ reason }, 'redis is not reachable, waiting for it');
    away.add(redis);
  });
  redis.on('ready', () => {
    if (away.delete(redis) && away.size === 0) logger.info('redis is reachable again');
  });
  redis.on('end', () => away.delete(redis));
  const ready = new Promise<void>((resolve) => redis.once('ready', () => resolve()));
  if (redis.status === 'wait') redis.connect().catch(() => undefined); // the `error` event tells it, reconnecting goes on
  if (redis.status !== 'ready') await ready;
}

/**
 * Warns of settings under which accepted messages can be lost: eviction, and no append-only file. Managed services that refuse
 * CONFIG are left unchecked, and that is said too.
 */
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
