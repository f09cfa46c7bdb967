import { startBenchRedis } from '../bench-redis.ts';
import { openParley } from '../carriers/parley.ts';
import { atLeast, atMost } from '../figure.ts';
import { AT_ONCE, messageTo, visitorMessage } from '../messages.ts';
import { interleaved } from '../rounds.ts';
import type { Row, Size } from '../row.ts';

const DEPTHS: Record<Size, readonly number[]> = {
  tiny: [100, 400],
  usual: [1_000, 100_000],
  nightly: [1_000, 10_000, 100_000, 1_000_000],
};
const DELIVERED: Record<Size, number> = { tiny: 200, usual: 20_000, nightly: 100_000 };
const ROUNDS: Record<Size, number> = { tiny: 1, usual: 3, nightly: 3 };

/** Messages of one conversation, so that a turn has the same work at every depth. */
const EACH = 10;
const SPREAD = { conversations: Number.POSITIVE_INFINITY, accounts: 20 };

const nameOf = (depth: number) => depth.toLocaleString('en');

export const backlog: Row = {
  name: 'backlog',
  about: (size) =>
    `ten messages wait in each conversation of 20 accounts; one worker delivers ${DELIVERED[size]}, and for every ten another conversation comes with ten`,
  async measure(size) {
    const depths = DEPTHS[size];
    const medians = await interleaved(
      ROUNDS[size],
      Object.fromEntries(depths.map((depth) => [nameOf(depth), () => keepUp(depth, DELIVERED[size])])),
    );
    const perSecond = medians('perSecond');
    const bytes = medians('bytes');
    const ends = { of: nameOf(depths.at(-1) ?? 0), to: nameOf(depths[0] ?? 0) };
    return [
      {
        what: 'delivered and accepted',
        unit: '/s',
        values: perSecond,
        goal: atLeast({ wanted: 0.9, ...ends }, perSecond),
      },
      { what: 'Redis memory a message', unit: 'B', values: bytes, goal: atMost({ wanted: 1.1, ...ends }, bytes) },
    ];
  },
};

async function keepUp(depth: number, deliveries: number) {
  await using redis = await startBenchRedis();
  await using carrier = await openParley(redis.url);
  const before = await redis.memory();
  const comes = async (at: number) => {
    const { lane } = messageTo(SPREAD, at);
    const ids = Array.from({ length: EACH }, (_, n) => `evt-${at}-${n}`);
    await carrier.accept(
      lane,
      ids.map((id) => visitorMessage(lane.conversation, id)),
    );
  };
  let conversations = depth / EACH;
  const fill = async (first: number) => {
    for (let at = first; at < depth / EACH; at += AT_ONCE) await comes(at);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, first) => fill(first)));
  const bytes = ((await redis.memory()) - before) / depth;

  const all = Promise.withResolvers<void>();
  let delivered = 0;
  let begunAt = 0;
  await using _worker = await carrier.work(async () => {
    begunAt ||= performance.now();
    delivered += 1;
    if (delivered === deliveries) all.resolve();
    if (delivered % EACH === 0) await comes(conversations++);
  });
  await all.promise;
  return { perSecond: (deliveries / (performance.now() - begunAt)) * 1_000, bytes };
}
