import type { AgentComment } from '@parley/shared/contracts/agent-comment';
import type { HandoffEntry } from '@parley/shared/conversations/handoff-index';
import type { Accept } from '@parley/shared/queues/producer';
import type { CommentOnce } from './comment-once.ts';

/**
 * Tells the agents something beside the conversation. Written at once where that works, so that it stands where it belongs in the
 * thread; otherwise its own queue takes it from here. The visitor's words never wait for a comment, nor fail with one.
 */
export type Comment = (handoff: HandoffEntry, comment: Omit<AgentComment, 'handoffId'>) => Promise<void>;

export const createComment =
  ({ commentOnce, acceptComment }: { commentOnce: CommentOnce; acceptComment: Accept<AgentComment> }): Comment =>
  async (handoff, words) => {
    const comment = { ...words, handoffId: handoff.handoffId };
    await commentOnce(comment).catch(() =>
      acceptComment(handoff, [{ id: `${comment.handoffId}/${comment.commentId}`, message: comment }]),
    );
  };
