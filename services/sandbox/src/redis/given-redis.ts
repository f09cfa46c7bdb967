import { Redis } from 'ioredis';
import type { FoundRedis, Unavailable, Wish } from './found-redis.ts';

const CONNECT_TIMEOUT_MS = 5_000;

/** Throws when the URL is no Redis URL or nothing answers a PING there. The message holds neither user nor password. */
export async function connectToGivenRedis({ redisUrl }: Wish): Promise<FoundRedis | Unavailable> {
  if (!redisUrl) return { unavailable: 'REDIS_URL is not set' };
  if (!/^rediss?:$/.test(URL.parse(redisUrl)?.protocol ?? '')) {
    throw new Error('REDIS_URL is not a Redis URL: give it as redis://host:6379 or rediss://user:password@host:6379');
  }
  await ping(redisUrl);
  return { url: redisUrl, kind: 'given', [Symbol.asyncDispose]: async () => {} };
}

async function ping(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: CONNECT_TIMEOUT_MS, retryStrategy: () => null });
  // The socket's own words; the rejection says no more than that the connection is closed.
  let reason = '';
  redis.on('error', (error) => {
    reason = error.message;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (cause) {
    const said = reason || String(cause);
    throw new Error(`REDIS_URL names ${new URL(url).host}, but no usable Redis answers there: ${said}`, { cause });
  } finally {
    // Disconnecting what has ended already would keep the process alive for another two seconds.
    if (redis.status !== 'end') redis.disconnect();
  }
}
