import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from '../row.ts';
import type { World } from '../world.ts';

type Trouble = Parameters<World['simulator']['webhooks']['add']>[0];

const TALKING_MS = 3_000;

/** Every third webhook or so, while people talk. */
const troubled = (name: string, what: string, trouble: Trouble): Row => ({
  name,
  what,
  agents: trouble.kind === 'duplicate' ? 'patient' : 'hasty',
  inflict: async ({ simulator, random }) => {
    const until = performance.now() + TALKING_MS;
    while (performance.now() < until) {
      simulator.webhooks.add({ target: 'channel', times: 1, ...trouble });
      await pause(random.between(20, 200));
    }
    simulator.webhooks.clear();
    simulator.webhooks.release();
  },
});

export const webhookRows: readonly Row[] = [
  troubled('webhooks-doubled', 'HubSpot sends webhooks twice', { kind: 'duplicate' }),
  troubled('webhooks-late', 'webhooks come four seconds late', { kind: 'late', delayMs: 4_000 }),
  troubled('webhooks-shuffled', 'webhooks overtake each other', { kind: 'reorder' }),
  {
    ...troubled('webhooks-lost', 'HubSpot never sends some webhooks', { kind: 'drop' }),
    long: true,
    note: 'Parley looks at each open thread a minute after the visitor spoke, and finds there what it was not told.',
  },
];
