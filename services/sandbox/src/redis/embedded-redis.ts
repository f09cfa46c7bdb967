import type { FoundRedis, Unavailable, Wish } from './found-redis.ts';

/** A Redis in JavaScript inside this process. It keeps its data in memory alone, and is slower by orders of magnitude. */
export async function startEmbeddedRedis({ print }: Wish): Promise<FoundRedis | Unavailable> {
  const { createRedisMock } = await import('js-redis-server');
  const server = await createRedisMock();
  print(
    'A Redis written in JavaScript stands in, inside this process: fine to try Parley out, not for load, durability or',
  );
  print('production. Install redis-server or start Docker to see the real thing.');
  return { url: server.url, kind: 'embedded', [Symbol.asyncDispose]: () => server.close() };
}
