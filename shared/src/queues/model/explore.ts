import { play } from './moves.ts';
import type { World } from './world.ts';

export interface Scenario {
  readonly title: string;
  readonly hasSweeper: boolean;
  /** Played first, in each world. */
  readonly opening: readonly string[];
  /** What may happen then, in every order. */
  readonly moves: readonly string[];
  /** The longest sequence of them. */
  readonly depth: number;
}

/**
 * Plays every sequence of a scenario's moves, lets everything come to rest after each, and resolves with the number of situations
 * met. Situations that are alike are played on from once.
 */
export async function explore(openWorld: () => World, { opening, moves, depth }: Scenario): Promise<number> {
  const met = new Set<string>();
  let paths: string[][] = [[]];

  /** The situations that one move leads to from the end of `path`. */
  async function goFrom(path: readonly string[]): Promise<string[][]> {
    const further: string[][] = [];
    for (let at = 0; at < moves.length; at++) {
      const world = openWorld();
      try {
        for (const move of [...opening, ...path]) await play(world, move);
        while (at < moves.length && !(await play(world, moves[at] ?? ''))) at++;
        const move = moves[at];
        const state = await world.state();
        if (!move || met.has(state)) continue;
        met.add(state);
        further.push([...path, move]);
        await world.settle();
      } catch (cause) {
        throw new Error(`after ${JSON.stringify([...opening, ...path, moves[at]])}`, { cause });
      }
    }
    return further;
  }

  for (let length = 1; length <= depth; length++) {
    const further: string[][] = [];
    for (const path of paths) further.push(...(await goFrom(path)));
    paths = further;
  }
  return met.size;
}
