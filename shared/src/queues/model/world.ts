import type { Redis } from 'ioredis';
import { ChannelAccountId, ConversationId, EventId } from '../../contracts/ids.ts';
import { openBridge } from './bridge.ts';
import { createJobBoard, type HeldJob } from './job-board.ts';
import { isEmpty, openLaneKeys } from './lane-keys.ts';
import { createLedger, Violation } from './ledger.ts';
import { createLetterBox } from './letter-box.ts';
import { type Actor, createStage, type Fate } from './stage.ts';
import { createWitness } from './witness.ts';

export const BOTS = ['bot 1', 'bot 2'] as const;
export const WORKERS = ['worker 1', 'worker 2'] as const;
export const CAST = [...BOTS, ...WORKERS, 'sweeper', 'operator'] as const;
export type Name = (typeof CAST)[number];

export const CONVERSATIONS = ['a', 'b', 'c'] as const;
const ACCOUNT = ChannelAccountId.parse('1');

/** Rounds of everybody in which all has to come to rest once nothing breaks any more. */
const ROUNDS = 12;

const NONCES_AND_TIMES = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b\d{13}\b/g;

export interface WorldOptions {
  /** Its scripts are defined. */
  readonly redis: Redis;
  readonly namespace: string;
  /** Turns at work at once. */
  readonly window: number;
  readonly hasSweeper: boolean;
}

export type World = ReturnType<typeof openWorld>;

/** Two bots, two workers, a sweeper and an operator at the lanes of one account. */
export function openWorld({ redis, namespace, window, hasSweeper }: WorldOptions) {
  const stage = createStage();
  const board = createJobBoard();
  const ledger = createLedger();
  const box = createLetterBox(stage);
  const busy = new Map<Name, Actor>();
  const jobs = new Map<Actor, HeldJob>();
  const requests = new Map<Name, { lane: string; words: readonly string[] }>();
  const discarded = new Set<string>();
  let words = 0;
  let leaving = false;
  let seen = new Map<string, string>();

  const lanes = CONVERSATIONS.map((lane) => `${ACCOUNT}/${lane}`);
  const keys = openLaneKeys({ redis, base: `{${namespace}}:lanes:words:`, account: ACCOUNT, lanes });
  const witness = createWitness({ ledger, keys, window, hasLock: (worker) => board.holds(jobs.get(worker)) });
  const bridge = openBridge({ redis, namespace, window, stage, board, box, witness, leaving: () => leaving });

  async function begin(name: Name, task: () => Promise<unknown>): Promise<boolean> {
    if (busy.has(name)) return false;
    busy.set(name, await stage.enter(name, task));
    return true;
  }

  async function goOn(name: Name, fate: Fate): Promise<boolean> {
    const actor = busy.get(name);
    if (!actor) return false;
    await stage.goOn(actor, fate);
    if (actor.ended) busy.delete(name);
    return true;
  }

  async function repeat(name: Name): Promise<boolean> {
    const request = requests.get(name);
    if (!request) return false;
    const lane = { account: ACCOUNT, conversation: ConversationId.parse(request.lane) };
    const messages = request.words.map((word) => ({ lane, id: EventId.parse(word), message: word }));
    return begin(name, () => bridge.accept(messages));
  }

  async function takeTurn(name: Name): Promise<boolean> {
    const job = busy.has(name) ? undefined : board.take();
    if (!job) return false;
    await begin(name, () => bridge.work(job));
    const worker = busy.get(name);
    if (worker) jobs.set(worker, job);
    return true;
  }

  const sweep = () =>
    begin('sweeper', async () => {
      ({ seen } = await bridge.sweep(seen));
    });

  const lockOf = (name: Name) => {
    const actor = busy.get(name);
    return actor && jobs.get(actor)?.lock;
  };
  const loseLocksOfTheDead = () => board.stall((job) => WORKERS.every((name) => lockOf(name) !== job.lock));

  async function finish(name: Name): Promise<boolean> {
    if (!busy.has(name)) return false;
    while (busy.has(name)) await goOn(name, 'done');
    return true;
  }

  /** One round of everybody, in which nothing breaks. */
  async function round(): Promise<void> {
    for (const name of CAST) await finish(name);
    loseLocksOfTheDead();
    board.wake();
    while (await takeTurn('worker 1')) await finish('worker 1');
    if (hasSweeper && (await sweep())) await finish('sweeper');
  }

  return {
    board,
    goOn,
    finish,
    repeat,
    takeTurn,
    sweep,
    loseLocksOfTheDead,
    die: (name: Name) => busy.delete(name),
    loseLock: (name: Name) => board.stall((job) => job.lock === lockOf(name)),
    isDelivering: (name: Name) => busy.get(name)?.calls[0]?.name === 'deliver',

    /** Two new messages in one request. */
    async speak(name: Name, lane: string): Promise<boolean> {
      if (busy.has(name)) return false;
      requests.set(name, { lane, words: [`${lane}${++words}`, `${lane}${++words}`] });
      return repeat(name);
    },

    async operate(at: 0 | -1, act: 'replay' | 'discard'): Promise<boolean> {
      const letter = box.at(at);
      if (!letter || busy.has('operator')) return false;
      if (act === 'discard') discarded.add(letter.eventId);
      return begin('operator', () => bridge[act](letter.id));
    },

    leave(): boolean {
      leaving = !leaving;
      return true;
    },

    /** Nothing breaks any more: everything comes to rest, and nothing is lost or left over. */
    async settle(): Promise<void> {
      for (
        let count = 0;
        count < ROUNDS && !(board.isStill() && isEmpty(await keys.read()) && busy.size === 0);
        count++
      )
        await round();
      const left = await keys.read();
      if (!isEmpty(left)) throw new Violation(`something is stuck for ever: ${JSON.stringify(left)}`);
      ledger.settled((eventId) => box.holds(eventId) || discarded.has(eventId));
    },

    /** The same for two worlds in which the same can happen from now on. */
    async state(): Promise<string> {
      const actors = [...busy].map(([name, actor]) => [
        name,
        actor.harmed,
        actor.past,
        actor.calls.map((call) => call.name),
        witness.runOf(actor),
      ]);
      const all = [await keys.read(), board.state(), ledger.state(), box.state(), actors, leaving];
      return JSON.stringify(all).replaceAll(NONCES_AND_TIMES, '');
    },
  };
}
