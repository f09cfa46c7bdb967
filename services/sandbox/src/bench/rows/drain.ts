import { setTimeout as pause } from 'node:timers/promises';
import { queues } from '@parley/shared/queues/catalogue';
import { openQueue } from '@parley/shared/queues/open-queue';
import { connectPatient } from '@parley/shared/redis/connect';
import { handOff } from '../../budget/measure.ts';
import { type Sandbox, startSandbox } from '../../sandbox.ts';
import { startBenchRedis } from '../bench-redis.ts';
import { atMost, type Figure } from '../figure.ts';
import type { Row, Size } from '../row.ts';

const CONVERSATIONS: Record<Size, number> = { tiny: 2, usual: 20, nightly: 60 };
const MESSAGES_EACH: Record<Size, number> = { tiny: 2, usual: 11, nightly: 40 };
/** Long enough to use up the quick retries, and for what was called before to leave HubSpot's window. */
const OUTAGE_MS: Record<Size, number> = { tiny: 100, usual: 15_000, nightly: 60_000 };
/** Calls a second that the simulated portal allows. */
const ALLOWED = 11;

export const drain: Row = {
  name: 'drain',
  about: (size) =>
    `after ${OUTAGE_MS[size] / 1_000} s in which ${CONVERSATIONS[size]} conversations said ${MESSAGES_EACH[size]} messages each; ideal: ${ALLOWED} a second, all that HubSpot allows, from the first instant`,
  async measure(size) {
    await using redis = await startBenchRedis();
    await using sandbox = await startSandbox({ redisUrl: redis.url, namespace: 'bench' });
    await using stack = new AsyncDisposableStack();
    const connection = stack.adopt(connectPatient(redis.url), (opened) => opened.disconnect());
    await connection.connect();
    const { turns } = stack.use(openQueue(queues.visitorMessages, { redis: connection, namespace: 'bench' }));
    const visitors: Visitor[] = [];
    while (visitors.length < CONVERSATIONS[size]) visitors.push(await handOff(sandbox));

    const figures: Figure[] = [];
    const outage = { sandbox, visitors, size };
    const { faults } = sandbox.simulator;
    for (const [what, begin, end] of [
      ['no worker took anything', () => turns.pause(), () => turns.resume()],
      ['HubSpot answered 503', faults.down, faults.up],
    ] as const) {
      await begin();
      figures.push(await figureAfter(what, { ...outage, end }));
    }
    return figures;
  },
};

type Visitor = Awaited<ReturnType<typeof handOff>>;

async function figureAfter(
  what: string,
  { sandbox, visitors, size, end }: { sandbox: Sandbox; visitors: readonly Visitor[]; size: Size; end: () => unknown },
): Promise<Figure> {
  const delivered = () =>
    sandbox.attempts.filter(({ queue, outcome }) => queue === 'visitor-messages' && outcome === 'delivered').length;
  const messages = visitors.length * MESSAGES_EACH[size];
  const wanted = delivered() + messages;
  for (let n = 0; n < MESSAGES_EACH[size]; n += 1) for (const visitor of visitors) visitor.say(`message ${n}`);
  await pause(OUTAGE_MS[size]);
  await end();
  const begunAt = performance.now();
  await sandbox.until(() => delivered() >= wanted, 'all is delivered', 600_000);
  const values = { ideal: messages / ALLOWED, Parley: (performance.now() - begunAt) / 1_000 };
  return { what, unit: 's', values, goal: atMost({ wanted: 1.1, of: 'Parley', to: 'ideal' }, values) };
}
