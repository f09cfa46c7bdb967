import { DeadLetter, type Letters } from '../dead-letters.ts';
import type { Stage } from './stage.ts';

export type LetterBox = ReturnType<typeof createLetterBox>;

/** The BullMQ queue that lists dead letters, as calls on a stage: one for each id, until it is removed. */
export function createLetterBox(stage: Stage) {
  const listed = new Map<string, unknown>();
  const jobOf = (id: string, data: unknown) => ({
    id,
    data,
    remove: () => stage.call('remove the letter', async () => void listed.delete(id)),
  });

  const letters: Letters = {
    add: (_name, letter, { jobId }) =>
      stage.call('list the letter', async () => {
        if (!listed.has(jobId)) listed.set(jobId, letter);
      }),
    async getJob(id) {
      const letter = await stage.call('find the letter', async () => listed.get(id));
      return letter === undefined ? undefined : jobOf(id, letter);
    },
    getJobs: async () => [...listed].map(([id, letter]) => jobOf(id, letter)),
    getWaitingCount: async () => listed.size,
  };

  const all = () => [...listed].map(([id, data]) => ({ id, eventId: DeadLetter.parse(data).eventId }));

  return {
    letters,
    /** The oldest at 0, the newest at -1. */
    at: (at: number) => all().at(at),
    holds: (eventId: string): boolean => all().some((letter) => letter.eventId === eventId),
    state: () => all().map(({ eventId }) => eventId),
  };
}
