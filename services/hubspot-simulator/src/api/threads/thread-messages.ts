import { z } from 'zod';
import type { ThreadMessage } from '../../portal/wire.ts';
import type { Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { invalid, parseBody } from '../errors.ts';
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
  const start = after === undefined ? 0 : positionAfter(sorted, after);
  const results = sorted.slice(start, start + limit);
  const last = results.at(-1);
  const more = last && start + limit < sorted.length;
  return ok({ results, ...(more && { paging: { next: { after: cursorOf(last) } } }) });
};

/** Oldest first; of one instant, the earlier arrived first. */
export const byTime = (messages: readonly ThreadMessage[]): ThreadMessage[] =>
  messages.toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));

/** A place in the list that stays the same while messages arrive. */
const cursorOf = (message: ThreadMessage) => Buffer.from(message.id).toString('base64url');

function positionAfter(sorted: readonly ThreadMessage[], cursor: string): number {
  const index = sorted.findIndex((message) => cursorOf(message) === cursor);
  if (index < 0) throw invalid({ message: `Invalid paging cursor "${cursor}"`, in: 'after' });
  return index + 1;
}
