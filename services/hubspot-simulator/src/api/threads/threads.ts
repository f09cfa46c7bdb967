import { z } from 'zod';
import type { Portal, Thread } from '../../portal/portal.ts';
import { archiveThread, restoreThread } from '../../portal/thread-removal.ts';
import { appAuthor, changeStatus } from '../../portal/thread-status.ts';
import type { Call, Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { invalid, notFound, parseBody } from '../errors.ts';
import { threadView } from './thread-view.ts';

/** GET threads/{threadId} */
export const getThread: Handler = (portal, call) =>
  ok(threadView(threadOf(portal, call), call.query.get('association')));

const Update = z.strictObject({ status: z.enum(['OPEN', 'CLOSED']).optional(), archived: z.boolean().optional() });

/** PATCH threads/{threadId}: status, or `archived: false` with `?archived=true`, which takes a thread out of the bin. */
export const patchThread: Handler = (portal, call) => {
  const { status, archived } = parseBody(Update, call.body);
  const thread = threadOf(portal, call);
  if (status === undefined && archived === undefined)
    throw invalid({ message: 'Failed to update object. The body of the request is empty.' });
  if (archived === true) throw invalid({ message: 'A thread cannot be archived by update', in: 'archived' });
  if (archived === false) restoreThread(portal, thread);
  if (status) changeStatus(portal, { thread, status, by: appAuthor(call.grant.appId) });
  return ok(threadView(thread));
};

/** DELETE threads/{threadId}: into the bin. */
export const deleteThread: Handler = (portal, call) => {
  archiveThread(portal, threadOf(portal, call));
  return { status: 204, body: undefined };
};

/** The thread that the path names. One in the bin is there for `?archived=true` only. */
export function threadOf(portal: Portal, { params, query }: Pick<Call, 'params' | 'query'>): Thread {
  const id = params.threadId ?? '';
  const thread = portal.threads.get(id);
  if (!thread || thread.archived !== (query.get('archived') === 'true'))
    throw notFound(`Thread ${id} not found`, { threadId: [id] });
  return thread;
}
