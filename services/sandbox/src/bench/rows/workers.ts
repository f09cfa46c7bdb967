import { queues } from '@parley/shared/queues/catalogue';
import { openQueue } from '@parley/shared/queues/open-queue';
import { connectPatient } from '@parley/shared/redis/connect';
import { createWatch } from '@parley/shared/testing/watch';
import { startBenchRedis } from '../bench-redis.ts';
import { NAMESPACE, openParley } from '../carriers/parley.ts';
import { fill } from '../messages.ts';
import { startBenchProcess } from '../processes/bench-process.ts';
import { interleaved } from '../rounds.ts';
import type { Row, Size } from '../row.ts';

const MESSAGES: Record<Size, number> = { tiny: 400, usual: 20_000, nightly: 200_000 };
const ROUNDS: Record<Size, number> = { tiny: 1, usual: 3, nightly: 5 };
const PROCESSES: Record<Size, readonly number[]> = { tiny: [1], usual: [1, 2, 4], nightly: [1, 2, 4] };
const SPREAD = { conversations: 1_000, accounts: 100 };
const HANDLER_MS = 20;

export const workers: Row = {
  name: 'workers',
  about: (size) =>
    `${MESSAGES[size]} messages wait, then 1, 2 or 4 worker processes deliver them to a handler that takes ${HANDLER_MS} ms`,
  async measure(size) {
    const runs = PROCESSES[size].map((processes) => [`${processes}`, () => share(processes, MESSAGES[size])] as const);
    const medians = await interleaved(ROUNDS[size], Object.fromEntries(runs));
    return [
      { what: 'delivered', unit: '/s', values: medians('perSecond') },
      { what: 'CPU of the workers a message', unit: 'µs', values: medians('cpuUs') },
      { what: 'Redis CPU a message', unit: 'µs', values: medians('redisUs') },
    ];
  },
};

async function share(processes: number, messages: number) {
  await using redis = await startBenchRedis();
  await using stack = new AsyncDisposableStack();
  const connection = stack.adopt(connectPatient(redis.url), (opened) => opened.disconnect());
  await connection.connect();
  const queue = stack.use(openQueue(queues.visitorMessages, { redis: connection, namespace: NAMESPACE }));
  // They begin together, when all have started and all is there.
  await queue.turns.pause();
  const settings = { REDIS_URL: redis.url, HANDLER_MS: String(HANDLER_MS) };
  const started = await Promise.all(
    Array.from({ length: processes }, () => startBenchProcess('parley-worker', settings)),
  );
  for (const worker of started) stack.use(worker);
  const cpuOfAll = async () =>
    (await Promise.all(started.map((one) => one.usage()))).reduce((sum, { cpuUs }) => sum + cpuUs, 0);
  await using carrier = await openParley(redis.url);
  await fill(carrier, SPREAD, { to: messages });

  const before = { redis: await redis.cpu(), workers: await cpuOfAll() };
  const begunAt = performance.now();
  await queue.turns.resume();
  await createWatch().until(
    async () => (await connection.zcard(queue.lanes.keys.index)) === 0,
    'every lane is empty',
    120_000,
  );
  const tookMs = performance.now() - begunAt;
  return {
    perSecond: (messages / tookMs) * 1_000,
    cpuUs: ((await cpuOfAll()) - before.workers) / messages,
    redisUs: ((await redis.cpu()) - before.redis) / messages,
  };
}
