import { randomBytes } from 'node:crypto';
import { findRedis } from '../redis/find-redis.ts';
import { startSandbox } from '../sandbox.ts';
import { playScenario } from './scenario.ts';
import { timelineOf } from './timeline.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

const startedAt = performance.now();
try {
  await using redis = await findRedis({ redisUrl: process.env.REDIS_URL, print });
  await using sandbox = await startSandbox({
    redisUrl: redis.url,
    namespace: `parley-smoke-${randomBytes(4).toString('hex')}`,
  });
  const messages = await playScenario(sandbox);
  print(`handoff, three messages each way, close, handback: all arrived, in order, once (Redis: ${redis.kind})`);
  print('milliseconds since Parley accepted each:');
  print('');
  for (const line of timelineOf(messages, sandbox.attempts)) print(line);
  print('');
  print(`passed in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
} catch (error) {
  print(`failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
