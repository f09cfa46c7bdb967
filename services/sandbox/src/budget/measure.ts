import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '../sandbox.ts';

type Visitor = ReturnType<Sandbox['bot']['visitor']>;

/** More than the turns that one account has at once. */
export const FLOODING = 60;
/** A handoff takes several calls of the same budget. */
const HANDED_OFF_AT_ONCE = 10;
/** More than the budget lets through while it is measured. */
const MESSAGES_EACH = 30;
const QUIET_MESSAGES = 10;
/** A person who reads, thinks and types. */
const QUIET_PAUSE_MS = 2_500;

/** The burst of the beginning has left every window of ten seconds after the warm-up. */
const LONG = { flooding: FLOODING, warmUpMs: 10_000, measuredMs: 16_000 };

export interface Measured {
  /** Calls that HubSpot took in the measured time. */
  readonly calls: number;
  readonly measuredMs: number;
  readonly refused: number;
  /** Milliseconds from acceptance to delivery, each of one message of the quiet conversation. */
  readonly unloaded: readonly number[];
  readonly beside: readonly number[];
}

/**
 * One conversation says a few words, alone at first, then beside sixty that always have something to say, in the same portal.
 * Takes about 50 s.
 */
export async function measureBudget(
  sandbox: Sandbox,
  { flooding, warmUpMs, measuredMs }: typeof LONG = LONG,
): Promise<Measured> {
  const quiet = await handOff(sandbox);
  const unloaded: number[] = [];
  for (let n = 0; n < QUIET_MESSAGES; n += 1) unloaded.push(await latencyOf(sandbox, quiet));

  const visitors: Visitor[] = [];
  while (visitors.length < flooding) {
    visitors.push(...(await Promise.all(Array.from({ length: HANDED_OFF_AT_ONCE }, () => handOff(sandbox)))));
  }
  for (let n = 0; n < MESSAGES_EACH; n += 1) for (const visitor of visitors) visitor.say(`message ${n}`);
  await pause(warmUpMs);

  const begin = Date.now();
  const beside: number[] = [];
  while (Date.now() < begin + measuredMs) {
    beside.push(await latencyOf(sandbox, quiet));
    await pause(QUIET_PAUSE_MS);
  }
  const end = Date.now();
  const requests = sandbox.simulator.requests();
  const within = requests.filter(({ at }) => Date.parse(at) >= begin && Date.parse(at) < end);
  return {
    calls: within.filter(({ status }) => status !== undefined && status < 400).length,
    measuredMs: end - begin,
    refused: requests.filter(({ status }) => status === 429).length,
    unloaded,
    beside,
  };
}

/** A visitor who stands in the inbox. */
export async function handOff({ bot }: Sandbox): Promise<Visitor> {
  const visitor = bot.visitor();
  visitor.say('Hello?');
  visitor.requestAgent({ name: 'Ada Lovelace', email: `${visitor.conversationId}@example.com` });
  await bot.received.until(
    ({ event }) => event?.type === 'handoff.accepted' && event.conversationId === visitor.conversationId,
  );
  return visitor;
}

async function latencyOf(sandbox: Sandbox, visitor: Visitor): Promise<number> {
  const delivered = () =>
    sandbox.attempts.filter(
      ({ queue, lane, outcome }) =>
        queue === 'visitor-messages' && outcome === 'delivered' && lane.endsWith(`/${visitor.conversationId}`),
    );
  const before = delivered().length;
  visitor.say('Are you there?');
  await sandbox.until(() => delivered().length > before, 'the quiet conversation is heard');
  return delivered().at(-1)?.ageMs ?? Number.NaN;
}
