import { z } from 'zod';
import { HandoffId } from './ids.ts';

/** What agents read in a thread and the visitor never sees. */
export const AgentComment = z.object({
  handoffId: HandoffId,
  /** Names the comment within its handoff for ever: it is written once. */
  commentId: z.string(),
  title: z.string(),
  text: z.string().optional(),
});
export type AgentComment = z.infer<typeof AgentComment>;
