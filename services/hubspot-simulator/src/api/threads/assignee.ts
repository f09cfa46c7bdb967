import { z } from 'zod';
import { appAuthor, assign } from '../../portal/thread-status.ts';
import type { Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { HubSpotError, parseBody } from '../errors.ts';
import { threadView } from './thread-view.ts';
import { threadOf } from './threads.ts';

const Assignment = z.strictObject({ actorId: z.string() });

/** PUT threads/{threadId}/assignee: an agent of this account, by actor id. */
export const assignThread: Handler = (portal, call) => {
  const { actorId } = parseBody(Assignment, call.body);
  const thread = threadOf(portal, call);
  if (!portal.agents.has(actorId))
    throw new HubSpotError(400, {
      message: `Actor ${actorId} not found`,
      context: { actorId: [actorId] },
      category: 'VALIDATION_ERROR',
    });
  assign(portal, { thread, to: actorId, by: appAuthor(call.grant.appId) });
  return ok(threadView(thread));
};

/** DELETE threads/{threadId}/assignee */
export const unassignThread: Handler = (portal, call) => {
  assign(portal, { thread: threadOf(portal, call), to: undefined, by: appAuthor(call.grant.appId) });
  return { status: 204, body: undefined };
};
