import { Gauge, type Registry } from 'prom-client';
import type { OpenQueue } from './open-queue.ts';

type GaugedQueue = Pick<OpenQueue<unknown>, 'redis' | 'lanes' | 'letters'> & {
  readonly definition: { readonly name: string };
};

/**
 * Measures of a queue, read from Redis when they are asked for: what an alarm should look at. Every process of a queue reports
 * the same numbers, so take their maximum and not their sum.
 */
export function gaugeLanes(registry: Registry, { definition, redis, lanes, letters }: GaugedQueue): void {
  const prefix = `parley_${definition.name.replaceAll('-', '_')}`;
  const gauge = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name: `${prefix}_${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set(await read());
      },
    });
  gauge('waiting_conversations', 'Conversations with messages that are not delivered', () =>
    redis.zcard(lanes.keys.index),
  );
  gauge('oldest_wait_seconds', 'How long the longest waiting conversation has waited', async () => {
    const [, since] = await redis.zrange(lanes.keys.index, '0', '0', 'WITHSCORES');
    return since === undefined ? 0 : Math.max(0, Date.now() - Number(since)) / 1_000;
  });
  gauge('dead_letters', 'Dead letters that wait for an operator', () => letters.getWaitingCount());
}
