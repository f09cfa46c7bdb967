import type { Redis } from 'ioredis';
import { MEMORY_SECONDS } from '../redis/do-once.ts';
import { accountOf, type Entry, encodeRest } from './lane.ts';
import { defineLaneScripts } from './lane-scripts.ts';

/** A turn that was granted a slot and must now be added to the queue of turns. Adding it twice is harmless. */
export interface GrantedTurn {
  readonly lane: string;
  readonly generation: string;
}

/** One execution of a turn's job: the token without which nothing in the lane can be changed. */
export interface Run extends GrantedTurn {
  /** How often the job was started, so that a later run takes over from an earlier one. */
  readonly number: number;
  /** Tells two runs with one number apart. */
  readonly nonce: string;
}

export type Step =
  | { readonly kind: 'deliver'; readonly entry: string }
  | { readonly kind: 'over'; readonly turns: readonly GrantedTurn[] }
  | { readonly kind: 'fenced' };

export interface LaneState {
  readonly lane: string;
  readonly depth: number;
  /** The entry at the head, encoded; empty when the lane is. */
  readonly head: string;
  readonly state: 'live' | 'away' | 'waiting' | 'kick' | 'lost';
  /** Of the turn that has the lane; its run is `0` before it begins. */
  readonly owner?: { readonly generation: string; readonly run: string };
}

/**
 * Turns at work at once for one account. The others of the account wait in line, so that one flooding account leaves the
 * workers to everybody else.
 */
export const WINDOW = 32;

/** How long a lane remembers how many messages passed a dead letter, for the operator who replays it. */
const LATER_SECONDS = 31 * 24 * 60 * 60;

export type Lanes = ReturnType<typeof openLanes>;

/** The lanes of one queue in Redis. Every function is one script: it happens whole or not at all. */
export function openLanes({
  redis,
  namespace,
  queue,
  window = WINDOW,
}: {
  redis: Redis;
  namespace: string;
  queue: string;
  window?: number;
}) {
  defineLaneScripts(redis);
  const base = `{${namespace}}:lanes:${queue}:`;
  const keys = { index: `${base}index`, dead: `${base}dead`, leader: `${base}leader` };
  const runOf = (run: Run) => [run.lane, window, run.generation, run.number, run.nonce] as const;

  return {
    keys,

    /**
     * Appends what was never seen, each to its lane, in order. `ahead`: the generation of a turn that the caller adds to the first
     * lane without waiting for this answer; where the lane has no use for it, it finds itself fenced.
     */
    async accept(entries: readonly (Omit<Entry, 'number'> & { readonly lane: string })[], ahead = '') {
      const flat = entries.flatMap((entry) => [entry.lane, entry.eventId, encodeRest(entry)]);
      const reply = await redis.laneAccept(base, window, MEMORY_SECONDS, ahead, ...flat);
      const [accepted, duplicate, ...turns] = reply;
      return { accepted, duplicate, turns: granted(turns) };
    },

    /** `begin` takes the lane over; `next` and `last` acknowledge the head if it is the event that was delivered. */
    async step(run: Run, mode: 'begin' | 'next' | 'last', deliveredEventId = ''): Promise<Step> {
      const reply = await redis.laneStep(base, accountOf(run.lane), ...runOf(run), deliveredEventId, mode);
      if (reply[0] === 1) return { kind: 'deliver', entry: reply[1] };
      if (reply[0] === -1) return { kind: 'fenced' };
      const [, ...turns] = reply;
      return { kind: 'over', turns: granted(turns) };
    },

    /** Gives the slot to another lane for the rest of the turn, since the head has to wait. */
    async cool(run: Run) {
      return granted(await redis.laneCool(base, accountOf(run.lane), ...runOf(run)));
    },

    /**
     * Moves the head into the outbox of dead letters, which the caller must hand over. Without `run` and `eventId`: whoever
     * runs and whatever is head, for a turn whose job is known to have failed. Undefined: the lane is another turn's.
     */
    async bury(turn: GrantedTurn, report: string, at?: { run: Run; eventId: string }) {
      const run = at ? `${at.run.number} ${at.run.nonce}` : '';
      const reply = await redis.laneBury(
        base,
        accountOf(turn.lane),
        turn.lane,
        window,
        turn.generation,
        run,
        at?.eventId ?? '',
        LATER_SECONDS,
        report,
      );
      if (reply[0] === 0) return undefined;
      const [, letter, ...turns] = reply;
      return { letter, turns: granted(turns) };
    },

    /** Makes a lane ready again whose turn `generation` is gone; '' for a lane that had none. */
    async heal(lane: string, generation: string) {
      return granted(await redis.laneHeal(base, accountOf(lane), lane, window, generation));
    },

    async replay(lane: string, entry: string, deliveredAtDeath: number) {
      const reply = await redis.laneReplay(base, accountOf(lane), lane, window, entry, deliveredAtDeath);
      const [deliveredSince, ...turns] = reply;
      return { deliveredSince: deliveredSince < 0 ? undefined : deliveredSince, turns: granted(turns) };
    },

    /** How many messages stand in a lane. */
    depth: (lane: string): Promise<number> => redis.llen(`${base}lane:${lane}`),

    /** One page of the lanes that hold messages or a turn. Pass `cursor` on until it is '0' again. */
    async survey(cursor: string, count: number): Promise<{ cursor: string; lanes: LaneState[] }> {
      const [next, scored] = await redis.zscan(keys.index, cursor, 'COUNT', count);
      const names = scored.filter((_, position) => position % 2 === 0);
      if (names.length === 0) return { cursor: next, lanes: [] };
      return { cursor: next, lanes: laneStates(await redis.laneSurvey(base, window, ...names)) };
    },
  };
}

function granted(flat: readonly string[]): GrantedTurn[] {
  return pairs(flat, 2).map(([lane = '', generation = '']) => ({ lane, generation }));
}

function laneStates(flat: readonly (string | number)[]): LaneState[] {
  return pairs(flat, 4).map(([lane, depth, head, state]) => {
    const [word, generation, ...run] = String(state).split(' ');
    const fixed = { lane: String(lane), depth: Number(depth), head: String(head) };
    if (word === 'waiting' || word === 'kick' || word === 'lost') return { ...fixed, state: word };
    return {
      ...fixed,
      state: word === 'away' ? word : 'live',
      owner: { generation: generation ?? '', run: run.join(' ') },
    };
  });
}

const pairs = <T>(flat: readonly T[], size: number): T[][] =>
  Array.from({ length: flat.length / size }, (_, at) => flat.slice(at * size, (at + 1) * size));
