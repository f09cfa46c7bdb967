import { Redis } from 'ioredis';

/** Removes every key whose namespace starts so, and no other key: the Redis belongs to somebody. */
export async function deleteNamespaces({ url, startingWith }: { url: string; startingWith: string }): Promise<void> {
  const redis = new Redis(url);
  try {
    // A namespace stands at the start of a key, or behind the brace of a cluster hash tag.
    for (const match of [`${startingWith}*`, `{${startingWith}*`]) {
      for await (const keys of redis.scanStream({ match, count: 500 })) {
        if (keys.length > 0) await redis.unlink(...keys);
      }
    }
  } finally {
    redis.disconnect();
  }
}
