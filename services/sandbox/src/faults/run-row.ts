import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from './random.ts';
import type { Row } from './row.ts';
import type { Shape } from './shapes.ts';
import { beginSpeech, type Talk } from './speech.ts';
import { missing, type Tally, tally } from './tally.ts';
import { startWorld, type World } from './world.ts';

export interface Outcome extends Tally {
  /** Milliseconds from the end of the fault until all that was said before it had arrived; null when some of it never did. */
  readonly recoveredInMs: number | null;
  /** Processes that ended by themselves. */
  readonly fell: number;
}

/** A row that has not come to rest by then is judged as it stands. */
const BOUND_MS = 240_000;
const LOOK_MS = 100;
/** What was just answered may not yet be to be seen in what is left to do. */
const REST_MS = 1_000;

/** Starts a shape in a world of its own, lets people talk, makes it happen, waits until nothing moves any more, and counts. */
export async function runRow(
  row: Row,
  shape: Shape,
  { seed, talk }: { seed: number; talk: Omit<Talk, 'agents'> },
): Promise<Outcome> {
  const random = createRandom(seed);
  await using world = await startWorld(shape, { ...row, random });
  const ended = new AbortController();
  const stop = AbortSignal.any([ended.signal, AbortSignal.timeout(BOUND_MS)]);
  const speech = await beginSpeech(world, { ...talk, seed, agents: row.agents ?? 'patient' }, stop);
  await pause(random.between(100, 400)); // they have begun to talk
  await row.inflict(world);
  const endedAt = performance.now();
  const allThere = await arrivalOrRest(world, () => missing(world, speech, endedAt) === 0, stop);
  const recoveredInMs = allThere ? Math.round(performance.now() - endedAt) : null;
  await speech.over;
  await arrivalOrRest(world, () => missing(world, speech) === 0, stop);
  await rest(world, stop);
  ended.abort();
  return { ...tally(world, speech), recoveredInMs, fell: world.bridge.fell() };
}

/** Waits until `arrived`, or until nothing moves for as long as the shape may take to find by itself what it was not told. */
async function arrivalOrRest(world: World, arrived: () => boolean, stop: AbortSignal): Promise<boolean> {
  const forMs = Math.max(REST_MS, world.shape.findsWithinMs);
  let since = performance.now();
  while (!arrived()) {
    if (stop.aborted || performance.now() - since > forMs) return false;
    await pause(LOOK_MS);
    if (await moves(world)) since = performance.now();
  }
  return true;
}

/** Waits until what is still under way, such as a second copy, has come too. */
async function rest(world: World, stop: AbortSignal): Promise<void> {
  let since = performance.now();
  while (!stop.aborted && performance.now() - since < REST_MS) {
    await pause(LOOK_MS);
    if (await moves(world)) since = performance.now();
  }
}

async function moves({ simulator, busy }: World): Promise<boolean> {
  if (simulator.webhooks.deliveries().some(({ state }) => state === 'waiting')) return true;
  return busy().catch(() => true); // whoever cannot be asked has not come to rest
}
