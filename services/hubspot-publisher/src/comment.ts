import type { AgentComment } from '@parley/shared/contracts/agent-comment';
import type { HandoffEntry } from '@parley/shared/conversations/handoff-index';
import { laneName } from '@parley/shared/queues/lane';
import type { OpenQueue } from '@parley/shared/queues/open-queue';
import { createProducer } from '@parley/shared/queues/producer';
import type { CommentOnce } from './comment-once.ts';

/**
 * Tells the agents something beside the conversation. Written at once where that works and nothing waits before it, so that it
 * stands where it belongs in the thread; otherwise its own queue takes it from here, in order. The visitor's words never wait
 * for a comment, nor fail with one.
 */
export type Comment = (handoff: HandoffEntry, comment: Omit<AgentComment, 'handoffId'>) => Promise<void>;

export const createComment = ({
  commentOnce,
  comments,
}: {
  commentOnce: CommentOnce;
  comments: OpenQueue<AgentComment>;
}): Comment => {
  const accept = createProducer(comments);
  return async (handoff, words) => {
    const comment = { ...words, handoffId: handoff.handoffId };
    const isFirst = (await comments.lanes.depth(laneName(handoff))) === 0;
    const isWritten =
      isFirst &&
      (await commentOnce(comment).then(
        () => true,
        () => false,
      ));
    if (!isWritten)
      await accept([{ lane: handoff, id: `${comment.handoffId}/${comment.commentId}`, message: comment }]);
  };
};
