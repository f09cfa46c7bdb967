import { z } from 'zod';
import { counted } from '../page/words.ts';

/** How an operator's act ended. It travels in the address of the page that is shown next. */
export const Outcome = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('replayed'),
    /** Messages of the conversation delivered since the dead letter died; absent when nobody knows any more. */
    later: z.coerce.number().int().min(0).optional(),
  }),
  z.object({ outcome: z.literal('discarded') }),
  z.object({ outcome: z.literal('gone') }),
]);
export type Outcome = z.infer<typeof Outcome>;

export function sentenceOf(outcome: Outcome): string {
  if (outcome.outcome === 'replayed') return `Back in its lane. ${meanwhile(outcome.later)}`;
  if (outcome.outcome === 'discarded') return 'Discarded for good. Your reason is in the log.';
  return 'It was gone already: somebody replayed or discarded it before you.';
}

function meanwhile(later: number | undefined): string {
  if (later === undefined) return 'It died too long ago to tell what was delivered since.';
  if (later === 0) return 'No later message of this conversation was delivered meanwhile, so nothing is out of order.';
  const were = later === 1 ? 'was' : 'were';
  return `${counted(later, 'later message')} of this conversation ${were} delivered meanwhile.`;
}
