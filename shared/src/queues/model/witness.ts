import type { LaneKeys } from './lane-keys.ts';
import { type Ledger, type Run, Violation } from './ledger.ts';
import type { Actor } from './stage.ts';

type Strings = readonly string[];

export type Witness = ReturnType<typeof createWitness>;

/** Writes into the ledger what each script did to the lanes, and holds the keys against what `lua/lib.lua` says of them. */
export function createWitness(parts: {
  readonly ledger: Ledger;
  readonly keys: LaneKeys;
  readonly window: number;
  readonly hasLock: (worker: Actor) => boolean;
}) {
  const { ledger, keys, window, hasLock } = parts;
  const runs = new Map<Actor, Run>();

  function beginOf(by: Actor, lane: string): Run {
    const begun: Run = {
      lane,
      superseded: false,
      inHand: undefined,
      isAtWork: () => begun.inHand !== undefined && hasLock(by),
    };
    runs.set(by, begun);
    ledger.tookOver(begun);
    return begun;
  }

  const notes: Record<string, (by: Actor, args: Strings, reply: Strings) => void> = {
    laneAccept(_by, [, , , , lane = '', ...entries], [accepted]) {
      const eventIds = entries.filter((_, at) => at % 3 === 0);
      ledger.accepted(lane, eventIds, Number(accepted));
    },
    laneStep(by, [, , lane = '', , , , , delivered = '', mode], [kind, entry]) {
      if (kind === '-1') return;
      const run = runs.get(by) ?? beginOf(by, lane);
      if (mode !== 'begin') ledger.acknowledged(run, delivered);
      run.inHand = entry === undefined || kind === '0' ? undefined : firstLine(entry);
      if (run.inHand) ledger.told(run, run.inHand);
    },
    laneBury(by, [, , lane = ''], [, letter]) {
      const run = runs.get(by);
      if (run) run.inHand = undefined;
      if (letter) ledger.buried(lane, letter.split('\n')[3] ?? '');
    },
    laneReplay(_by, [, , lane = '', , entry = '']) {
      ledger.replayed(lane, firstLine(entry));
    },
  };

  return {
    runOf: (worker: Actor): Run | undefined => runs.get(worker),

    /** The other side has the message. */
    delivered(by: Actor, eventId: string, acceptedAt: number): void {
      const run = runs.get(by);
      if (!run) throw new Violation(`${eventId} was delivered in no turn`);
      ledger.attempted(run, eventId, acceptedAt);
    },

    /** Runs a command, and tells the ledger. */
    async see(by: Actor, command: string, args: readonly unknown[], run: () => Promise<unknown>): Promise<unknown> {
      if (!command.startsWith('lane')) return run();
      const before = runs.get(by)?.superseded ? await keys.read() : undefined;
      const [reply, after] = await Promise.all([run(), keys.read()]); // one after the other, on one connection
      if (before && JSON.stringify(before) !== JSON.stringify(after))
        throw new Violation(`a worker that woke up changed the lane by ${command}`);
      if (Object.keys(after.live).length > window) throw new Violation('more turns than the window has slots');
      if (after.ready.length > 0 && Object.keys(after.live).length < window)
        throw new Violation('a lane waits though a slot is free');
      notes[command]?.(by, args.map(String), Array.isArray(reply) ? reply.map(String) : []);
      return reply;
    },
  };
}

const firstLine = (text: string) => text.slice(0, text.indexOf('\n'));
