import { Redis } from 'ioredis';

/** Removes every key whose namespace starts so, and no other key: the Redis belongs to somebody. */
export async function deleteNamespaces({ url, startingWith }: { url: string; startingWith: string }): Promise<void> {
  const redis = new Redis(url);
  try {
    // A namespace stands at the start of a key, or behind the brace of a cluster hash tag.
    for (const match of [`${startingWith}*`, `{${startingWith}*`]) {
      const found: string[] = [];
      for await (const keys of redis.scanStream({ match, count: 500 })) found.push(...keys);
      // After the scan, since not every server's cursor survives the removal of keys.
      for (let from = 0; from < found.length; from += 500) await redis.unlink(...found.slice(from, from + 500));
    }
  } finally {
    redis.disconnect();
  }
}
