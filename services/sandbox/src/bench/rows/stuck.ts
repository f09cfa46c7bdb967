import { setTimeout as pause } from 'node:timers/promises';
import { ChannelAccountId, ConversationId } from '@parley/shared/contracts/ids';
import { startBenchRedis } from '../bench-redis.ts';
import { openBullmqMutex } from '../carriers/bullmq-mutex.ts';
import type { OpenCarrier } from '../carriers/carrier.ts';
import { openParley } from '../carriers/parley.ts';
import { openPlainBullmq } from '../carriers/plain-bullmq.ts';
import { visitorMessage } from '../messages.ts';
import { interleaved, quantile } from '../rounds.ts';
import type { Row, Size } from '../row.ts';

/** Messages of the conversation that is stuck, and how long a call for it hangs. */
const STUCK: Record<Size, number> = { tiny: 20, usual: 500, nightly: 500 };
const HANGS_MS = 5_000;
/** The others speak so often, and each call for them takes so long. */
const PER_SECOND = 100;
const HANDLER_MS = 20;
const SECONDS: Record<Size, number> = { tiny: 1, usual: 3, nightly: 20 };
const ROUNDS: Record<Size, number> = { tiny: 1, usual: 3, nightly: 5 };

const ACCOUNT = ChannelAccountId.parse('898158620');

export const stuck: Row = {
  name: 'stuck',
  about: (size) =>
    `one conversation has ${STUCK[size]} messages and its calls hang for ${HANGS_MS / 1_000} s; 100 others say ${PER_SECOND} a second: from acceptance to the begin of the call`,
  async measure(size) {
    const run = (open: OpenCarrier) => () => besideStuck(open, size);
    const medians = await interleaved(ROUNDS[size], {
      'plain BullMQ': run(openPlainBullmq),
      'BullMQ with mutex': run(openBullmqMutex),
      Parley: run(openParley),
    });
    return (['p50', 'p95', 'p99'] as const).map((what) => ({ what, unit: 'ms', values: medians(what) }));
  },
};

async function besideStuck(open: OpenCarrier, size: Size) {
  await using redis = await startBenchRedis();
  await using carrier = await open(redis.url);
  const say = (conversation: string, id: string) =>
    carrier.accept({ account: ACCOUNT, conversation: ConversationId.parse(conversation) }, [
      visitorMessage(conversation, id),
    ]);
  const saidAt = new Map<string, number>();
  const waits: number[] = [];
  const messages = PER_SECOND * SECONDS[size];
  const all = Promise.withResolvers<void>();
  await using _worker = await carrier.work(async ({ id }) => {
    const said = saidAt.get(id);
    if (said === undefined) return Promise.race([pause(HANGS_MS), all.promise]);
    waits.push(performance.now() - said);
    await pause(HANDLER_MS);
    if (waits.length === messages) all.resolve();
  });
  for (let n = 0; n < STUCK[size]; n += 1) await say('stuck', `stuck-${n}`);

  const startedAt = performance.now();
  for (let n = 0; n < messages; n += 1) {
    await pause(Math.max(0, startedAt + (n * 1_000) / PER_SECOND - performance.now()));
    saidAt.set(`evt-${n}`, performance.now());
    void say(`chat-${n % 100}`, `evt-${n}`);
  }
  await all.promise;
  return { p50: quantile(waits, 0.5), p95: quantile(waits, 0.95), p99: quantile(waits, 0.99) };
}
