import { z } from 'zod';
import type { ThreadId } from '../contracts/ids.ts';
import type { HubSpotApi } from './api.ts';

export interface ThreadsClient {
  /**
   * Writes what agents read and the visitor never sees. HubSpot stores it anew at each repeat: after a failure that is not
   * certain, ask `findComment` before trying again.
   */
  postComment(threadId: ThreadId, text: string): Promise<void>;
  /**
   * Is a comment that contains `marker` among the latest 500 entries of the thread? The marker belongs at the head of the
   * comment, because HubSpot may cut long texts when it lists them.
   */
  findComment(threadId: ThreadId, marker: string): Promise<boolean>;
  /** Closing a closed thread is fine. */
  closeThread(threadId: ThreadId): Promise<void>;
}

const PAGE_SIZE = 100;
const MAX_PAGES = 5;

const Page = z.object({
  results: z.array(z.looseObject({ type: z.string().catch(''), text: z.string().catch('') })),
  paging: z.object({ next: z.object({ after: z.coerce.string() }).optional() }).nullish(),
});

export function createThreadsClient(api: HubSpotApi): ThreadsClient {
  const pageOf = (threadId: ThreadId, after: string | undefined) => {
    const qs = { sort: '-createdAt', limit: String(PAGE_SIZE), ...(after === undefined ? {} : { after }) };
    return api.call({ what: `look for a comment in thread ${threadId}` }, () =>
      api.request({ method: 'GET', path: `${pathOf(threadId)}/messages`, qs }, Page),
    );
  };

  return {
    async postComment(threadId, text) {
      const body = { type: 'COMMENT', text, attachments: [] };
      const path = `${pathOf(threadId)}/messages`;
      await api.call({ what: `comment on thread ${threadId}`, privateWords: [text] }, () =>
        api.request({ method: 'POST', path, body }, z.unknown()),
      );
    },

    async findComment(threadId, marker) {
      let after: string | undefined;
      for (let pages = 0; pages < MAX_PAGES; pages += 1) {
        const page = await pageOf(threadId, after);
        if (page.results.some(({ type, text }) => type === 'COMMENT' && text.includes(marker))) return true;
        after = page.paging?.next?.after;
        if (after === undefined) return false;
      }
      return false;
    },

    async closeThread(threadId) {
      await api.call({ what: `close thread ${threadId}` }, () =>
        api.request({ method: 'PATCH', path: pathOf(threadId), body: { status: 'CLOSED' } }, z.unknown()),
      );
    },
  };
}

const pathOf = (threadId: ThreadId) => `/conversations/v3/conversations/threads/${encodeURIComponent(threadId)}`;
