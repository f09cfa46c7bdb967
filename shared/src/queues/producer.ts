import { type Accepted, type Lane, laneName } from './lane.ts';
import type { OpenQueue } from './open-queue.ts';

export interface Acceptance {
  readonly accepted: number;
  /** Ids that were accepted within the last seven days. */
  readonly duplicate: number;
}

/**
 * Accepts messages into one lane, in order and all or none. When it resolves Redis has them and somebody will deliver them.
 * When it rejects, they may have been accepted all the same: accept them again under the same ids. Dying between the two steps
 * leaves a lane without a turn, which the repeated call or the sweeper mends.
 */
export type Accept<Message> = (lane: Lane, messages: readonly Accepted<Message>[]) => Promise<Acceptance>;

export const createProducer =
  <Message>({ lanes, addTurns }: Pick<OpenQueue<Message>, 'lanes' | 'addTurns'>): Accept<Message> =>
  async (lane, messages) => {
    const acceptedAt = Date.now();
    const entries = messages.map(({ id, message }) => ({ eventId: id, acceptedAt, message }));
    const { turns, accepted, duplicate } = await lanes.accept(laneName(lane), entries);
    await addTurns(turns);
    return { accepted, duplicate };
  };
