import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from '../row.ts';
import type { World } from '../world.ts';

type Fault = Parameters<World['simulator']['faults']['add']>[0];

/** Every call meets the fault for so long. */
const during =
  (ms: number, fault: Fault) =>
  async ({ simulator }: World): Promise<void> => {
    const id = simulator.faults.add({ ...fault, times: null });
    await pause(ms);
    simulator.faults.remove(id);
  };

/** Single publishes meet the fault, at moments of chance, as many as there are conversations. */
const nowAndThen = (fault: Fault) => async (world: World) => {
  const { simulator, random } = world;
  for (const _ of simulator.threads()) {
    await pause(random.between(0, 400));
    simulator.faults.add({ ...fault, operation: 'publish', times: 1 });
  }
};

export const hubspotRows: readonly Row[] = [
  {
    name: 'transient-500',
    what: "a 500 to one of each conversation's messages",
    inflict: nowAndThen({ kind: 'answer', status: 500 }),
  },
  {
    name: 'stored-then-reset',
    what: 'HubSpot stores a message, then the connection breaks',
    inflict: nowAndThen({ kind: 'lose-answer' }),
  },
  {
    name: '429-with-retry-after',
    what: 'three seconds of 429 that say when to come again',
    inflict: during(3_000, { kind: 'answer', status: 429, retryAfterSeconds: 1 }),
  },
  {
    name: '429-without',
    what: 'three seconds of 429 that do not',
    inflict: during(3_000, { kind: 'answer', status: 429 }),
  },
  {
    name: 'hubspot-down',
    what: 'HubSpot down for a minute (six seconds)',
    inflict: during(6_000, { kind: 'answer', status: 503 }),
  },
  {
    name: '401-in-flight',
    long: true,
    what: 'the token is revoked for three seconds',
    note: 'Parley leaves a portal alone for a minute that does not take its token, which a person has to mend.',
    inflict: during(3_000, { kind: 'answer', status: 401 }),
  },
  {
    name: 'poisoned',
    what: 'messages that HubSpot will never take',
    inflict: nowAndThen({ kind: 'answer', status: 400 }),
  },
];
