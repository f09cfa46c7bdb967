import type { Response } from 'express';
import { z } from 'zod';
import { send } from '../page/layout.ts';
import type { Graveyard } from './act.ts';
import { deadLettersPage, type Objection } from './dead-letters-page.ts';
import type { Outcome } from './outcome.ts';

/** Dead letters on one page. */
const PAGE = 20;

/** Which letters an address asks for. A page that does not exist any more shows the last one; a queue named twice is none. */
export const Place = z.object({
  queue: z.string().optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});

interface Shown {
  /** Without it, the first queue that has dead letters. */
  readonly graveyard: Graveyard | undefined;
  readonly page: number;
  readonly outcome?: Outcome | undefined;
  readonly objection?: Objection;
}

/** Answers with a page of dead letters. */
export const createList =
  ({ graveyards, operator }: { graveyards: readonly Graveyard[]; operator: string }) =>
  async (response: Response, shown: Shown): Promise<void> => {
    const tabs = await Promise.all(
      graveyards.map(async (graveyard) => ({ graveyard, count: await graveyard.letters.getWaitingCount() })),
    );
    const tab =
      tabs.find(({ graveyard, count }) => (shown.graveyard ? graveyard === shown.graveyard : count > 0)) ?? tabs[0];
    if (!tab) throw new Error('the dashboard watches no queue');
    const last = Math.max(1, Math.ceil(tab.count / PAGE));
    const page = Math.min(shown.page, last);
    const { letters } = await tab.graveyard.list({ offset: (page - 1) * PAGE, limit: PAGE });
    send(response, deadLettersPage({ ...shown, tabs, tab, letters, page, last, operator, now: Date.now() }));
  };
