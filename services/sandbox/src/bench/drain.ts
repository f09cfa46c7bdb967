import { setTimeout as pause } from 'node:timers/promises';
import { startBenchRedis } from './bench-redis.ts';
import type { OpenCarrier } from './carriers/carrier.ts';
import { fill, type Spread } from './messages.ts';

export interface Backlog {
  readonly messages: number;
  readonly spread: Spread;
  /** How long the other side takes for a message. */
  readonly handlerMs: number;
}

/** From the first delivery to the end of the last, of what was waiting; Redis's CPU counts from the first acceptance. */
export async function drain(open: OpenCarrier, { messages, spread, handlerMs }: Backlog) {
  await using redis = await startBenchRedis();
  await using carrier = await open(redis.url);
  const before = { memory: await redis.memory(), cpu: await redis.cpu() };
  await fill(carrier, spread, { to: messages });
  const held = (await redis.memory()) - before.memory;

  const all = Promise.withResolvers<void>();
  let left = messages;
  let begunAt = 0;
  const worker = await carrier.work(async () => {
    begunAt ||= performance.now();
    if (handlerMs > 0) await pause(handlerMs);
    left -= 1;
    if (left === 0) all.resolve();
  });
  await all.promise;
  const tookMs = performance.now() - begunAt;
  await worker[Symbol.asyncDispose]();
  return {
    perSecond: (messages / tookMs) * 1_000,
    redisUs: ((await redis.cpu()) - before.cpu) / messages,
    bytes: held / messages,
  };
}
