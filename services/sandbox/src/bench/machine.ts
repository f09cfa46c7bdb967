import { createRequire } from 'node:module';
import { cpus, release, type } from 'node:os';
import { startBenchRedis } from './bench-redis.ts';

export type Machine = Readonly<Record<'cpu' | 'system' | 'node' | 'redis' | 'bullmq', string>>;

/** What the figures were measured on. */
export async function lookAtMachine(): Promise<Machine> {
  await using redis = await startBenchRedis();
  const cores = cpus();
  return {
    cpu: `${cores.length} × ${cores[0]?.model ?? 'unknown'}`,
    system: `${type()} ${release()}`,
    node: process.versions.node,
    redis: await redis.version(),
    bullmq: String(createRequire(import.meta.url)('bullmq/package.json').version),
  };
}
