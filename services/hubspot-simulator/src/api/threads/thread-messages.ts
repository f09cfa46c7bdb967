import { z } from 'zod';
import type { ThreadMessage } from '../../portal/wire.ts';
import type { Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { notFound, parseBody } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { threadOf } from './threads.ts';

const MOST_ON_A_PAGE = 500;

const Query = z.object({
  limit: z.coerce.number().int().min(1).max(MOST_ON_A_PAGE).default(100),
  sort: z.enum(['createdAt', '-createdAt']).default('-createdAt'),
  after: z.string().optional(),
});

/** GET threads/{threadId}/messages: all that is in a thread by `createdAt`, newest first when not asked otherwise. */
export const listThreadMessages: Handler = (portal, call) => {
  const thread = threadOf(portal, call);
  const { limit, sort, after } = parseBody(Query, Object.fromEntries(call.query));
  const sorted = byTime(thread.messages);
  if (sort === '-createdAt') sorted.reverse();
  return ok(pageOf(sorted, { limit, after }));
};

/** GET threads/{threadId}/messages/{messageId}/original-content: the words of one message, whole. */
export const getOriginalContent: Handler = (portal, call) => {
  const { messageId = '' } = call.params;
  const message = threadOf(portal, call).messages.find(({ id }) => id === messageId);
  if (!message || !('text' in message)) throw notFound(`Message ${messageId} not found`, { messageId: [messageId] });
  const { text, richText } = portal.originals.get(messageId) ?? message;
  return ok({ text, richText });
};

/** Oldest first; of one instant, the earlier arrived first. */
export const byTime = (messages: readonly ThreadMessage[]): ThreadMessage[] =>
  messages.toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));
