import { describe, expect, test } from '@jest/globals';
import { testRedis } from '@parley/shared/testing/test-redis';
import { Redis } from 'ioredis';
import { findRedis, type Ways } from './find-redis.ts';
import type { RedisKind } from './found-redis.ts';

const print = () => {};
const kinds: readonly RedisKind[] = ['given', 'docker', 'binary', 'embedded'];

/** Ways of which only the named ones lead to a Redis; `tried` tells which were walked. */
function waysWith(...available: readonly RedisKind[]): { ways: Ways; tried: RedisKind[] } {
  const tried: RedisKind[] = [];
  const way = (kind: RedisKind) => async () => {
    tried.push(kind);
    if (!available.includes(kind)) return { unavailable: `no ${kind} here` };
    return { url: `redis://${kind}`, kind, [Symbol.asyncDispose]: async () => {} };
  };
  return {
    ways: { embedded: way('embedded'), given: way('given'), binary: way('binary'), docker: way('docker') },
    tried,
  };
}

async function answer(url: string): Promise<string> {
  const redis = new Redis(url, { retryStrategy: () => null, lazyConnect: true });
  redis.on('error', () => {});
  try {
    await redis.connect();
    return await redis.ping();
  } catch {
    return 'nothing';
  } finally {
    if (redis.status !== 'end') redis.disconnect();
  }
}

describe('the order', () => {
  test.each(kinds)('a Redis by way of "%s" is taken when none before it leads to one', async (kind) => {
    const position = kinds.indexOf(kind);
    const { ways, tried } = waysWith(...kinds.slice(position));

    const redis = await findRedis({ print }, ways);

    expect(redis.url).toBe(`redis://${kind}`);
    expect(tried).toEqual(kinds.slice(0, position + 1));
  });

  test('who demands one kind gets that one or an error, never another', async () => {
    const { ways, tried } = waysWith('given', 'docker', 'embedded');

    await expect(findRedis({ print, only: 'docker' }, ways)).resolves.toHaveProperty('kind', 'docker');
    await expect(findRedis({ print, only: 'binary' }, ways)).rejects.toThrow('no binary here');
    expect(tried).toEqual(['docker', 'binary']);
  });

  test('without any Redis the error gives the reason of each way and a command that helps', async () => {
    const finding = findRedis({ print }, waysWith().ways);

    await expect(finding).rejects.toThrow(/given: no given here\n.*docker: .*\n.*binary: .*\n.*embedded: /);
    await expect(finding).rejects.toThrow('apt-get install redis-server');
  });
});

describe('a given URL', () => {
  test('that answers is used, and still answers after it was let go', async () => {
    const { url } = testRedis();

    const redis = await findRedis({ redisUrl: url, print });
    await redis[Symbol.asyncDispose]();

    expect(redis).toMatchObject({ url, kind: 'given' });
    expect(await answer(url)).toBe('PONG');
  });

  test('where nothing answers is an error and not a reason to take another; it tells no password', async () => {
    const { ways, tried } = waysWith('binary');
    const given = { print, redisUrl: 'redis://parley:hunter2@127.0.0.1:1' };
    const { connectToGivenRedis } = await import('./given-redis.ts');

    const error = await findRedis(given, { ...ways, given: connectToGivenRedis }).catch(String);

    expect(error).toContain('127.0.0.1:1, but no usable Redis answers there: connect ECONNREFUSED');
    expect(error).not.toContain('hunter2');
    expect(tried).toEqual([]);
  });

  test('of another protocol is refused with the form it should have', async () => {
    await expect(findRedis({ print, redisUrl: 'http://127.0.0.1:6379' })).rejects.toThrow('redis://host:6379');
  });
});

describe('the embedded Redis', () => {
  test('answers, says what it is not for, and is gone when disposed', async () => {
    const lines: string[] = [];
    const redis = await findRedis({ only: 'embedded', print: (line) => lines.push(line) });
    const answered = await answer(redis.url);
    await redis[Symbol.asyncDispose]();

    expect(answered).toBe('PONG');
    expect(lines.join(' ')).toContain('not for load, durability or production');
    expect(await answer(redis.url)).toBe('nothing');
  });
});
