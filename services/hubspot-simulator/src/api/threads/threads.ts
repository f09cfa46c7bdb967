import { z } from 'zod';
import type { Portal, Thread } from '../../portal/portal.ts';
import { appAuthor, changeStatus } from '../../portal/thread-status.ts';
import type { Call, Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { invalid, notFound, parseBody } from '../errors.ts';

/** GET threads/{threadId} */
export const getThread: Handler = (portal, call) => ok(view(threadOf(portal, call)));

const Update = z.strictObject({ status: z.enum(['OPEN', 'CLOSED']).optional(), archived: z.boolean().optional() });

/** PATCH threads/{threadId}: status, or `archived: false` with `?archived=true`, which takes a thread out of the bin. */
export const patchThread: Handler = (portal, call) => {
  const { status, archived } = parseBody(Update, call.body);
  const thread = threadOf(portal, call);
  if (status === undefined && archived === undefined)
    throw invalid({ message: 'Failed to update object. The body of the request is empty.' });
  if (archived === true) throw invalid({ message: 'A thread cannot be archived by update', in: 'archived' });
  if (archived === false) thread.archived = false;
  if (status) changeStatus(portal, { thread, status, by: appAuthor(call.grant.appId) });
  return ok(view(thread));
};

/** The thread that the path names. One in the bin is there for `?archived=true` only. */
export function threadOf(portal: Portal, { params, query }: Pick<Call, 'params' | 'query'>): Thread {
  const id = params.threadId ?? '';
  const thread = portal.threads.get(id);
  if (!thread || thread.archived !== (query.get('archived') === 'true'))
    throw notFound(`Thread ${id} not found`, { threadId: [id] });
  return thread;
}

const view = (thread: Thread) => {
  const messages = thread.messages.filter((message) => message.type === 'MESSAGE');
  const latest = (...directions: string[]) =>
    messages
      .filter(({ direction }) => directions.includes(direction))
      .map(({ createdAt }) => createdAt)
      .toSorted()
      .at(-1);
  return {
    id: thread.id,
    createdAt: thread.createdAt,
    closedAt: thread.closedAt,
    status: thread.status,
    originalChannelId: thread.channelId,
    originalChannelAccountId: thread.channelAccountId,
    latestMessageTimestamp: latest('INCOMING', 'OUTGOING'),
    latestMessageSentTimestamp: latest('OUTGOING'),
    latestMessageReceivedTimestamp: latest('INCOMING'),
    assignedTo: thread.assignedTo,
    spam: false,
    inboxId: thread.inboxId,
    associatedContactId: thread.visitor.contactId ?? thread.visitor.visitorId,
    archived: thread.archived,
  };
};
