import { connectPatient } from '@parley/shared/redis/connect';
import { startRedisServer } from '../redis/binary-redis.ts';

/** When Redis brings what it was told to the disk; Parley's compose file has `everysec`. */
export type Fsync = 'everysec' | 'always';

export interface BenchRedis extends AsyncDisposable {
  readonly url: string;
  readonly version: () => Promise<string>;
  /** Bytes that Redis holds, without what its allocator wastes. */
  readonly memory: () => Promise<number>;
  /** Microseconds of CPU that Redis has used, all of its threads. */
  readonly cpu: () => Promise<number>;
}

/** A fresh Redis with an append-only file, so that no measurement sees what another one left. */
export async function startBenchRedis(fsync: Fsync = 'everysec'): Promise<BenchRedis> {
  await using stack = new AsyncDisposableStack();
  const settings = ['--save', '', '--appendonly', 'yes', '--appendfsync', fsync, '--maxmemory-policy', 'noeviction'];
  const server = await startRedisServer(settings);
  if ('unavailable' in server) {
    throw new Error(
      `the benchmark needs a redis-server of its own with an append-only file: ${server.unavailable}. Install one with \`apt-get install redis-server\` or \`brew install redis\``,
    );
  }
  stack.use(server);
  const redis = stack.adopt(connectPatient(server.url), (connection) => connection.disconnect());
  await redis.connect();
  const info = async (field: string) => new RegExp(`^${field}:(.+)\r$`, 'm').exec(await redis.info())?.[1] ?? '';
  const opened = stack.move();
  return {
    url: server.url,
    version: () => info('redis_version'),
    memory: async () => Number(await info('used_memory')),
    cpu: async () => (Number(await info('used_cpu_user')) + Number(await info('used_cpu_sys'))) * 1e6,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
