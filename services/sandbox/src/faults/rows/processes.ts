import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from '../row.ts';
import type { Role } from '../shapes.ts';

const TIMES = 3;

const killed = (role: Role): Row => ({
  name: `kill-${role}`,
  apart: true,
  long: true,
  what: `kill -9 of the ${role}, three times at random instants`,
  inflict: async ({ bridge, random }) => {
    for (let times = 0; times < TIMES; times += 1) {
      await pause(random.between(0, 700));
      await bridge.kill(role);
    }
  },
});

/** Past the lock of 15 s and the next check for stalled jobs. */
const STOPPED_MS = 22_000;

export const processRows: readonly Row[] = [
  killed('ingress'),
  killed('hubspot-publisher'),
  killed('bot-dispatcher'),
  {
    name: 'sigstop',
    apart: true,
    long: true,
    what: 'workers stand still until others have taken over, then wake up',
    note: 'What a zombie had in hand when it was stopped, it sends when it wakes: nobody can prevent that, and the id makes it a repeat.',
    inflict: async ({ bridge }) => {
      const wake = await bridge.freezeWorkers();
      await pause(STOPPED_MS);
      wake();
    },
  },
  {
    name: 'clock-skew',
    apart: true,
    what: 'three processes whose clocks are two minutes apart',
    clocks: { ingress: 120_000, 'bot-dispatcher': -120_000 },
    inflict: async () => undefined,
  },
];
