import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from '../row.ts';
import { bring, textOf } from '../speech.ts';
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

/** More conversations than any shape has hands. */
const CROWD = 80;

/** Each conversation of the second account asks for a person, in a HubSpot that takes three seconds for each message of theirs. */
async function crowdOfSlowAccount({ simulator, door, second }: World): Promise<void> {
  simulator.faults.slow(3_000, { operation: 'publish', portalId: second.portalId, times: null });
  const conversations = Array.from({ length: CROWD }, () => randomUUID());
  const stop = AbortSignal.timeout(20_000);
  const their = { door: { ...door, token: second.botToken } };
  await Promise.all(
    conversations.map(async (id) => {
      await bring(their, { type: 'handoff.requested', id, text: textOf(id, 'visitor', 0) }, stop);
      await bring(their, { type: 'visitor.message', id, text: textOf(id, 'visitor', 1) }, stop);
    }),
  );
  await pause(1_000);
}

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
    what: 'the token is revoked for three seconds',
    inflict: during(3_000, { kind: 'answer', status: 401 }),
  },
  {
    name: 'slow-account',
    what: 'another account has eighty conversations, and three seconds for each message',
    note: 'Counted are the others, and the time until they were heard although that account is as slow as ever.',
    inflict: crowdOfSlowAccount,
  },
  {
    name: 'poisoned',
    what: 'messages that HubSpot will never take',
    inflict: nowAndThen({ kind: 'answer', status: 400 }),
  },
];
