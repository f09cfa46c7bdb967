import { NotYet, RetryableError, TerminalError } from '../../failures.ts';
import { BOTS, CAST, CONVERSATIONS, type Name, WORKERS, type World } from './world.ts';

/** One thing that happens. Resolves with false, and nothing has happened, where it cannot. */
type Move = (world: World) => boolean | Promise<boolean>;

const each = <Who extends Name>(names: readonly Who[], deeds: Record<string, (name: Who) => Move>) =>
  Object.fromEntries(
    names.flatMap((name) => Object.entries(deeds).map(([deed, move]) => [`${name} ${deed}`, move(name)])),
  );

/** Whoever waits to make a call makes it, or makes it and all others until he has done. */
export const PROGRESS = each(CAST, {
  'goes on': (name) => (world) => world.goOn(name, 'done'),
  finishes: (name) => (world) => world.finish(name),
});

/** What the other side may say to a delivery. */
const REFUSALS = {
  'is put off': new RetryableError('not now'),
  'is turned down': new TerminalError('never'),
  'comes too early': new NotYet('too early', 1),
  'meets a pause': new RetryableError('the portal waits', { scope: 'portal' }),
};

/** What happens though nothing breaks. */
export const PEACE: Record<string, Move> = {
  ...each(BOTS, {
    ...Object.fromEntries(
      CONVERSATIONS.map((lane) => [`speaks in ${lane}`, (name: Name) => (world: World) => world.speak(name, lane)]),
    ),
    'repeats itself': (name) => (world) => world.repeat(name),
  }),
  ...each(WORKERS, {
    'takes a turn': (name) => (world) => world.takeTurn(name),
    ...Object.fromEntries(
      Object.entries(REFUSALS).map(([deed, failure]) => [
        deed,
        (name: Name) => (world: World) => world.isDelivering(name) && world.goOn(name, failure),
      ]),
    ),
  }),
  'operator replays the oldest': (world) => world.operate(0, 'replay'),
  'operator replays the newest': (world) => world.operate(-1, 'replay'),
  'operator discards the oldest': (world) => world.operate(0, 'discard'),
  'the pauses end': (world) => world.board.wake(),
  'the workers leave, or stay': (world) => world.leave(),
};

/** What breaks, and the sweeper who mends it. */
export const FAULTS: Record<string, Move> = {
  ...each(CAST, {
    dies: (name) => (world) => world.die(name),
    'sends twice': (name) => (world) => world.goOn(name, 'done twice'),
    'hears no answer': (name) => (world) => world.goOn(name, 'done, and the answer is lost'),
    'is refused': (name) => (world) => world.goOn(name, new RetryableError('refused')),
  }),
  ...each(WORKERS, { 'loses its lock': (name) => (world) => world.loseLock(name) }),
  'the dead lose their locks': (world) => world.loseLocksOfTheDead(),
  'a turn is removed': (world) => world.board.remove(),
  'sweeper sweeps': (world) => world.sweep(),
};

const MOVES: Record<string, Move> = { ...PROGRESS, ...PEACE, ...FAULTS };

/** Plays a sentence of the tables above. */
export function play(world: World, sentence: string): boolean | Promise<boolean> {
  const move = MOVES[sentence];
  if (!move) throw new Error(`"${sentence}" is no move`);
  return move(world);
}
