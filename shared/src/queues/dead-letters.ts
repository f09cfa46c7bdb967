import { z } from 'zod';
import { deadLetterId, decodeEntry, encodeEntry } from './lane.ts';
import type { GrantedTurn, Run } from './lanes.ts';
import type { OpenQueue } from './open-queue.ts';

/** A message that was given up, as it waits for an operator. */
export const DeadLetter = z.object({
  lane: z.string(),
  eventId: z.string(),
  number: z.number(),
  message: z.unknown(),
  /** A sentence for a person: what failed and what the other side said. */
  reason: z.string(),
  /** Attempts made, 0 when the workers died on it each time. */
  attempts: z.number(),
  acceptedAt: z.number(),
  diedAt: z.number(),
  /** What the lane's counter of later deliveries stood at. */
  deliveredAtDeath: z.number(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

/**
 * Tells whoever is waiting for the message. Runs at least once for each dead letter and before it is listed, so it must be
 * repeatable.
 */
export type Mourn<Message> = (letter: DeadLetter, message: Message) => Promise<void>;

const Report = DeadLetter.pick({ reason: true, attempts: true, diedAt: true });

const REASON_MAX = 500;

/** What dead letters need of the BullMQ queue that lists them. */
export interface Letters {
  add(name: string, letter: unknown, options: { jobId: string }): Promise<unknown>;
  getJob(id: string): Promise<Letter | undefined>;
  getJobs(states: ['waiting'], from: number, to: number, oldestFirst: boolean): Promise<Letter[]>;
  getWaitingCount(): Promise<number>;
}

interface Letter {
  readonly id?: string | undefined;
  readonly data: unknown;
  remove(): Promise<void>;
}

/** The undertaker: what a consumer and its sweeper do with the dead. */
export function createBurial<Message>(
  queue: Pick<OpenQueue<Message>, 'definition' | 'redis' | 'lanes' | 'addTurns'> & { readonly letters: Letters },
  mourn: Mourn<Message>,
) {
  /** Outbox, then mourning, then the queue of dead letters, then out of the outbox: a crash in between repeats, and loses nothing. */
  async function handOver(raw: string): Promise<DeadLetter> {
    const letter = decodeLetter(raw);
    const message = queue.definition.schema.safeParse(letter.message);
    if (message.success) await mourn(letter, message.data);
    await queue.letters.add('dead-letter', letter, { jobId: deadLetterId(letter) });
    await queue.redis.srem(queue.lanes.keys.dead, raw);
    return letter;
  }

  return {
    handOver,

    /** Buries the head of a lane. False: the lane is another turn's by now, and nothing was done. */
    async bury(turn: GrantedTurn, failure: { reason: string; attempts: number; at?: { run: Run; eventId: string } }) {
      const { attempts, at } = failure;
      const report = JSON.stringify({ reason: failure.reason.slice(0, REASON_MAX), attempts, diedAt: Date.now() });
      const buried = await queue.lanes.bury(turn, report, at);
      if (!buried) return false;
      await queue.addTurns(buried.turns);
      if (buried.letter) await handOver(buried.letter);
      return true;
    },
  };
}

function decodeLetter(raw: string): DeadLetter {
  const [deliveredAtDeath, report = '{}', lane = '', ...entry] = raw.split('\n');
  return {
    lane,
    ...decodeEntry(entry.join('\n')),
    ...Report.parse(JSON.parse(report)),
    deliveredAtDeath: Number(deliveredAtDeath),
  };
}

export type Replay =
  | {
      readonly replayed: true /** Undefined when it died too long ago to know. */;
      readonly deliveredSince: number | undefined;
    }
  | { readonly replayed: false };

export type DeadLetters = ReturnType<typeof openDeadLetters>;

/** What an operator can do with the dead letters of one queue. */
export function openDeadLetters(
  queue: Pick<OpenQueue<unknown>, 'lanes' | 'addTurns' | 'definition'> & { readonly letters: Letters },
) {
  const find = async (id: string) => {
    const job = await queue.letters.getJob(id);
    return job ? { job, letter: DeadLetter.parse(job.data) } : undefined;
  };

  return {
    queue: queue.definition.name,

    /** Newest first. */
    async list({ offset = 0, limit = 50 } = {}): Promise<{ total: number; letters: (DeadLetter & { id: string })[] }> {
      const [total, jobs] = await Promise.all([
        queue.letters.getWaitingCount(),
        queue.letters.getJobs(['waiting'], offset, offset + limit - 1, false),
      ]);
      return { total, letters: jobs.map((job) => ({ id: String(job.id), ...DeadLetter.parse(job.data) })) };
    },

    /**
     * Puts the message back at the front of its lane, behind one that may be in delivery. Its ids are the old ones, so what
     * did arrive in spite of all is not doubled. Dying half-way leaves it listed and in its lane; replay it again.
     */
    async replay(id: string): Promise<Replay> {
      const found = await find(id);
      if (!found) return { replayed: false };
      const { lane, deliveredAtDeath } = found.letter;
      const { deliveredSince, turns } = await queue.lanes.replay(
        lane,
        encodeEntry({ ...found.letter, replayed: true }),
        deliveredAtDeath,
      );
      await queue.addTurns(turns);
      await found.job.remove();
      return { replayed: true, deliveredSince };
    },

    /** Forgets a dead letter for good and returns it, for the record of who did it and why; undefined when it is gone already. */
    async discard(id: string): Promise<DeadLetter | undefined> {
      const found = await find(id);
      await found?.job.remove();
      return found?.letter;
    },
  };
}
