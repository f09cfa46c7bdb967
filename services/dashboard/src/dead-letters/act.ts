import type { Logger } from '@parley/shared/logging/logger';
import { DeadLetter, type DeadLetters } from '@parley/shared/queues/dead-letters';
import type { OpenQueue } from '@parley/shared/queues/open-queue';
import type { Outcome } from './outcome.ts';

export interface Graveyard extends DeadLetters {
  readonly letters: OpenQueue<unknown>['letters'];
}

export interface Acts {
  replay(graveyard: Graveyard, id: string): Promise<Outcome>;
  discard(graveyard: Graveyard, id: string, reason: string): Promise<Outcome>;
}

/** What an operator does to one dead letter, with one log line for each act. The message itself is no part of the line. */
export function createActs({ operator, logger }: { operator: string; logger: Pick<Logger, 'info'> }): Acts {
  return {
    async replay(graveyard, id) {
      const line = { operator, action: 'replay', queue: graveyard.queue, ...(await idsOf(graveyard, id)) };
      let outcome: Outcome['outcome'] | 'failed' = 'failed';
      let deliveredSince: number | undefined;
      try {
        const replay = await graveyard.replay(id);
        outcome = replay.replayed ? 'replayed' : 'gone';
        deliveredSince = replay.replayed ? replay.deliveredSince : undefined;
        return replay.replayed ? { outcome: 'replayed', later: deliveredSince } : { outcome: 'gone' };
      } finally {
        logger.info({ ...line, outcome, deliveredSince }, 'operator');
      }
    },

    async discard(graveyard, id, reason) {
      const line = { operator, action: 'discard', queue: graveyard.queue, ...(await idsOf(graveyard, id)), reason };
      let outcome: Outcome['outcome'] | 'failed' = 'failed';
      try {
        const letter = await graveyard.discard(id);
        outcome = letter ? 'discarded' : 'gone';
        return { outcome };
      } finally {
        logger.info({ ...line, outcome }, 'operator');
      }
    },
  };
}

/** By which the line is found again beside the lines of the attempts. Empty when the letter is gone. */
async function idsOf({ letters }: Graveyard, id: string): Promise<{ lane?: string; eventId?: string }> {
  const job = await letters.getJob(id);
  if (!job) return {};
  const { lane, eventId } = DeadLetter.parse(job.data);
  return { lane, eventId };
}
