import { createHash } from 'node:crypto';
import type { AgentComment } from '@parley/shared/contracts/agent-comment';
import type { Conversations } from '@parley/shared/conversations/conversations';
import { RetryableError } from '@parley/shared/failures';
import type { HubSpotClient } from '@parley/shared/hubspot/client';
import type { DoOnce } from '@parley/shared/redis/do-once';

/**
 * Writes a comment that stands in the thread once, though HubSpot has no idempotency id for comments: the first line carries a
 * reference made from the comment's id, and after a crash or a lost answer the thread is searched for it before anything is
 * written. Throws a `RetryableError` while the thread is not known.
 */
export type CommentOnce = (comment: AgentComment) => Promise<void>;

export const createCommentOnce =
  (parts: {
    hubspot: Pick<HubSpotClient, 'postComment' | 'findComment'>;
    conversations: Pick<Conversations, 'threadOf'>;
    doOnce: DoOnce;
  }): CommentOnce =>
  async ({ handoffId, commentId, title, text }) => {
    const { hubspot, conversations, doOnce } = parts;
    const threadId = await conversations.threadOf(handoffId);
    if (!threadId) throw new RetryableError(`the thread of handoff ${handoffId} is not known yet`, { certain: true });
    const reference = `ref ${createHash('sha256').update(commentId).digest('hex').slice(0, 10)}`;
    const heading = `${title} · ${reference}`;
    await doOnce(`comment:${handoffId}:${commentId}`, {
      act: () => hubspot.postComment(threadId, text ? `${heading}\n\n${text}` : heading),
      happened: () => hubspot.findComment(threadId, reference),
    });
  };
