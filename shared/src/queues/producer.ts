import { randomUUID } from 'node:crypto';
import { type Accepted, laneName } from './lane.ts';
import type { GrantedTurn } from './lanes.ts';
import type { OpenQueue } from './open-queue.ts';

export interface Acceptance {
  readonly accepted: number;
  /** Ids that were accepted within the last seven days. */
  readonly duplicate: number;
}

/**
 * Accepts messages into their lanes, in order and all or none. When it resolves Redis has them and somebody will deliver them.
 * When it rejects, they may have been accepted all the same: accept them again under the same ids. Dying between the two steps
 * leaves lanes without a turn, which the repeated call or the sweeper mends.
 */
export type Accept<Message> = (messages: readonly Accepted<Message>[]) => Promise<Acceptance>;

export function createProducer<Message>({
  lanes,
  addTurns,
}: Pick<OpenQueue<Message>, 'lanes' | 'addTurns'>): Accept<Message> {
  let underWay = 0;
  return async (messages) => {
    const acceptedAt = Date.now();
    const entries = messages.map(({ lane, id, message }) => ({
      lane: laneName(lane),
      eventId: id,
      acceptedAt,
      message,
    }));
    const ahead = underWay === 0 ? turnAhead(entries) : [];
    underWay += 1;
    try {
      const [{ turns, ...acceptance }] = await Promise.all([
        lanes.accept(entries, ahead[0]?.generation),
        addTurns(ahead),
      ]);
      await addTurns(turns);
      return acceptance;
    } finally {
      underWay -= 1;
    }
  };
}

/**
 * Where nothing else is under way the lane is idle as a rule, and its turn need not wait for Redis to say so: both go out in one
 * write, the turn behind the message. In a busy lane it is a job for nothing, which would cost a flood more than it saves.
 */
const turnAhead = (entries: readonly { readonly lane: string }[]): GrantedTurn[] =>
  entries.slice(0, 1).map(({ lane }) => ({ lane, generation: randomUUID() }));
