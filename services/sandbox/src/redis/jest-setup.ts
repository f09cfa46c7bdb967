import { randomBytes } from 'node:crypto';
import { deleteNamespaces } from './delete-namespaces.ts';
import { findRedis } from './find-redis.ts';
import { type FoundRedis, parseRedisKind } from './found-redis.ts';

let redis: FoundRedis | undefined;
const run = `parley-test-${randomBytes(8).toString('hex')}`;

/** Starts one Redis for all tests of a run; the workers inherit its URL and the run's namespace. */
export default async function startTestRedis(): Promise<void> {
  redis = await findRedis({
    redisUrl: process.env.REDIS_URL,
    dockerImage: process.env.PARLEY_TEST_REDIS_IMAGE,
    only: parseRedisKind(process.env.PARLEY_TEST_REDIS),
    print,
  });
  process.env.PARLEY_TEST_REDIS_URL = redis.url;
  process.env.PARLEY_TEST_NAMESPACE = run;
  print(`Redis for the tests: ${redis.kind}`);
}

export async function stopTestRedis(): Promise<void> {
  if (redis?.kind === 'given') await deleteNamespaces({ url: redis.url, startingWith: run });
  await redis?.[Symbol.asyncDispose]();
}

function print(line: string): void {
  process.stderr.write(`${line}\n`);
}
