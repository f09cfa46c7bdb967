import { createWatch } from '@parley/shared/testing/watch';
import { startAround } from '../around-parley.ts';
import { startBenchRedis } from '../bench-redis.ts';
import { atMost } from '../figure.ts';
import { visitorMessage } from '../messages.ts';
import { postEvents } from '../post-events.ts';
import { startBenchProcess } from '../processes/bench-process.ts';
import type { Row, Size } from '../row.ts';

/** An hour of two messages a second; nightly, of all that one portal of HubSpot's takes. */
const MESSAGES: Record<Size, number> = { tiny: 40, usual: 7_200, nightly: 37_440 };
const CONVERSATIONS = 20;
/** What HubSpot allows would make an hour of it; no more than this is believed of a header. */
const RATE_LIMIT = { max: 100_000, windowMs: 10_000 };

export const hour: Row = {
  name: 'hour',
  about: (size) =>
    `memory of all of Parley in one process after ${MESSAGES[size]} messages from the bot to HubSpot, an hour's worth, garbage collected`,
  async measure(size) {
    await using redis = await startBenchRedis();
    await using around = await startAround(redis.url);
    around.simulator.configure({ rateLimit: RATE_LIMIT });
    const { token } = around.secrets;
    await using parley = await startBenchProcess('parley', around.environment);
    const post = (events: Iterator<unknown>, requests: number) =>
      postEvents({
        url: parley.url,
        token,
        connections: 8,
        requests,
        body: () => JSON.stringify(events.next().value),
      });
    const inHubSpot = () => around.simulator.threads().flatMap(({ messages }) => messages).length;
    const { until } = createWatch();

    await post(handoffs(), CONVERSATIONS);
    await until(() => around.simulator.threads().length === CONVERSATIONS, 'every conversation has its thread', 60_000);
    const said = words();
    const half = MESSAGES[size] / 2;
    const halves: { rss: number; heapUsed: number }[] = [];
    for (let done = 0; done <= MESSAGES[size]; done += half) {
      halves.push(await parley.usage('collected'));
      if (done === MESSAGES[size]) break;
      const before = inHubSpot();
      await post(said, half);
      await until(() => inHubSpot() >= before + half, 'HubSpot has all of it', 300_000);
    }
    const megabytes = (field: 'rss' | 'heapUsed') =>
      Object.fromEntries(
        ['at first', 'after half', 'after all'].map((when, at) => [when, (halves[at]?.[field] ?? Number.NaN) / 1e6]),
      );
    return (['rss', 'heapUsed'] as const).map((field) => {
      const values = megabytes(field);
      const goal = atMost({ wanted: 1.1, of: 'after all', to: 'after half' }, values);
      return { what: field === 'rss' ? 'RSS' : 'heap', unit: 'MB', values, goal };
    });
  },
};

function* handoffs() {
  for (let n = 0; ; n += 1) {
    const message = visitorMessage(`chat-${n}`, `handoff-${n}`);
    yield { ...message, type: 'handoff.requested', data: { visitor: { name: 'Ada Lovelace' } } };
  }
}

function* words() {
  for (let n = 0; ; n += 1) yield visitorMessage(`chat-${n % CONVERSATIONS}`, `evt-${n}`);
}
