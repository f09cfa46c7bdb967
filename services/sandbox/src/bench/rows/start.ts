import { startServiceProcess } from '../../service-process.ts';
import { startAround } from '../around-parley.ts';
import { startBenchRedis } from '../bench-redis.ts';
import { interleaved } from '../rounds.ts';
import type { Row, Size } from '../row.ts';

const ROUNDS: Record<Size, number> = { tiny: 1, usual: 3, nightly: 9 };

const SERVICES = ['ingress', 'hubspot-publisher', 'bot-dispatcher', 'parley'];

export const start: Row = {
  name: 'start',
  about: () => 'from the start of a process until it works, with Redis there; `parley` is all of them in one',
  async measure(size) {
    await using redis = await startBenchRedis();
    await using around = await startAround(redis.url);
    const { environment } = around;
    const runs = SERVICES.map((service) => {
      const command = [`services/${service}/src/main.ts`] as const;
      const run = async () => {
        const begunAt = performance.now();
        await using _started = await startServiceProcess({ command, environment });
        return { ms: performance.now() - begunAt };
      };
      return [service, run] as const;
    });
    const medians = await interleaved(ROUNDS[size], Object.fromEntries(runs));
    return [{ what: 'start to ready', unit: 'ms', values: medians('ms') }];
  },
};
