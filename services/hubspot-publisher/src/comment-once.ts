import { createHash } from 'node:crypto';
import type { ThreadId } from '@parley/shared/contracts/ids';
import type { HubSpotClient } from '@parley/shared/hubspot/client';
import type { DoOnce } from '@parley/shared/redis/do-once';

/**
 * Writes a comment that stands in the thread once, though HubSpot has no idempotency id for comments: the first line carries a
 * reference made from `eventId`, and after a crash or a lost answer the thread is searched for it before anything is written.
 */
export type CommentOnce = (comment: {
  threadId: ThreadId;
  eventId: string;
  title: string;
  text?: string;
}) => Promise<void>;

export const createCommentOnce =
  ({ hubspot, doOnce }: { hubspot: Pick<HubSpotClient, 'postComment' | 'findComment'>; doOnce: DoOnce }): CommentOnce =>
  ({ threadId, eventId, title, text }) => {
    const reference = `ref ${createHash('sha256').update(eventId).digest('hex').slice(0, 10)}`;
    const heading = `${title} · ${reference}`;
    return doOnce(`comment:${threadId}:${eventId}`, {
      act: () => hubspot.postComment(threadId, text ? `${heading}\n\n${text}` : heading),
      happened: () => hubspot.findComment(threadId, reference),
    });
  };
