import { startBinaryRedis } from './binary-redis.ts';
import { startDockerRedis } from './docker-redis.ts';
import { startEmbeddedRedis } from './embedded-redis.ts';
import type { FoundRedis, RedisKind, Unavailable, Wish } from './found-redis.ts';
import { connectToGivenRedis } from './given-redis.ts';

export interface FindRedisOptions extends Wish {
  /** Demands one kind: every other way is left out, even a given URL. */
  readonly only?: RedisKind | undefined;
}

/** What the person names comes first, then the more a way resembles production, the earlier. */
const ORDER: readonly RedisKind[] = ['given', 'docker', 'binary', 'embedded'];

export type Ways = Readonly<Record<RedisKind, (wish: Wish) => Promise<FoundRedis | Unavailable>>>;

const WAYS: Ways = {
  given: connectToGivenRedis,
  docker: startDockerRedis,
  binary: startBinaryRedis,
  embedded: startEmbeddedRedis,
};

const REMEDY =
  'Install one with `apt-get install redis-server` or `brew install redis`, start Docker, or name a running one in REDIS_URL.';

/**
 * Finds or starts a Redis for the demo, the smoke test and the tests. Disposing stops exactly what was started here and
 * removes its files; a given Redis is only let go. Throws when no way leads to one, with the reason of each, and when a
 * given URL does not answer: the person named it, so no other Redis can stand in.
 */
export async function findRedis(options: FindRedisOptions, ways: Ways = WAYS): Promise<FoundRedis> {
  const reasons: string[] = [];
  for (const kind of ORDER) {
    if (options.only && options.only !== kind) continue;
    const found = await ways[kind](options);
    if ('url' in found) return found;
    reasons.push(`${kind}: ${found.unavailable}`);
  }
  throw new Error(`no Redis found.\n  ${reasons.join('\n  ')}\n${REMEDY}`);
}
