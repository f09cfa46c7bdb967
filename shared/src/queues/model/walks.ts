import fc from 'fast-check';
import { FAULTS, PEACE, PROGRESS, play } from './moves.ts';
import type { World } from './world.ts';

/** A walk through a world: at each step the first of `moves` that can happen, looked for from a place in their circle. */
interface Walk {
  readonly moves: readonly string[];
  readonly steps: readonly number[];
}

const WORK = [PROGRESS, PROGRESS, PROGRESS, PEACE].flatMap((moves) => Object.keys(moves));

/** Each walk has its own few things that break, and its own order in which one looks for what can happen. */
const walksWith = (faults: readonly string[], steps: number): fc.Arbitrary<Walk> =>
  fc.noBias(
    fc.record({
      moves: fc
        .shuffledSubarray([...faults], { maxLength: Math.min(faults.length, 8) })
        .chain((few) => fc.shuffledSubarray([...WORK, ...few], { minLength: WORK.length + few.length })),
      steps: fc.array(fc.nat({ max: 9_999 }), { maxLength: steps, size: 'max' }),
    }),
  );

export const peacefulWalks = (steps: number) => walksWith([], steps);
export const troubledWalks = (steps: number) => walksWith(Object.keys(FAULTS), steps);

/** Takes a walk and lets everything come to rest. What it throws names the moves that led there. */
export async function take(world: World, { moves, steps }: Walk): Promise<void> {
  const path: string[] = [];
  try {
    for (const step of steps) path.push(await playFirst(world, moves, step));
    await world.settle();
  } catch (cause) {
    throw new Error(`after ${JSON.stringify(path)}`, { cause });
  }
}

async function playFirst(world: World, moves: readonly string[], from: number): Promise<string> {
  for (let at = from; at < from + moves.length; at++) {
    const move = moves[at % moves.length] ?? '';
    if (await play(world, move)) return move;
  }
  return '';
}
