import { z } from 'zod';
import type { Portal, Thread } from '../../portal/portal.ts';
import type { Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { invalid, parseBody } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { latestMessageAt, threadView } from './thread-view.ts';

const Query = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z.string().optional(),
  archived: z.enum(['true', 'false']).default('false'),
  sort: z
    .enum(['id', 'latestMessageTimestamp'], 'can be sorted by id or latestMessageTimestamp, ascending')
    .default('id'),
  threadStatus: z.enum(['OPEN', 'CLOSED']).optional(),
  inboxId: z.string().regex(/^\d+$/).optional(),
  associatedContactId: z.string().regex(/^\d+$/).optional(),
  associatedTicketId: z.string().regex(/^\d+$/).optional(),
  latestMessageTimestampAfter: z.iso.datetime({ offset: true }).optional(),
  association: z.literal('TICKET').optional(),
});
type Query = z.infer<typeof Query>;

/** GET threads: one page, in ascending order, which is the only one. */
export const listThreads: Handler = (portal, { query }) => {
  const asked = parseBody(Query, Object.fromEntries(query));
  refuseCombinations(portal, asked, query.getAll('inboxId'));
  const threads = [...portal.threads.values()]
    .filter((thread) => isAskedFor(thread, asked))
    .toSorted(ORDERS[asked.sort]);
  const { results, ...paging } = pageOf(threads, asked);
  return ok({ results: results.map((thread) => threadView(thread, asked.association)), ...paging });
};

function refuseCombinations(portal: Portal, asked: Query, inboxes: readonly string[]): void {
  if (inboxes.length > 1) throw invalid({ message: 'Only one inboxId can be filtered by', in: 'inboxId' });
  if (asked.associatedContactId !== undefined && asked.threadStatus === undefined)
    throw invalid({ message: 'associatedContactId requires threadStatus', in: 'threadStatus' });
  const since = asked.latestMessageTimestampAfter;
  if (portal.settings.validation === 'strict' && asked.sort === 'latestMessageTimestamp' && since === undefined)
    throw invalid({
      message: 'Sorting by latestMessageTimestamp requires latestMessageTimestampAfter',
      in: 'latestMessageTimestampAfter',
    });
}

function isAskedFor(thread: Thread, asked: Query): boolean {
  const since = asked.latestMessageTimestampAfter;
  return (
    thread.archived === (asked.archived === 'true') &&
    (asked.threadStatus ?? thread.status) === thread.status &&
    (asked.inboxId ?? thread.inboxId) === thread.inboxId &&
    (asked.associatedTicketId ?? thread.ticketId) === thread.ticketId &&
    (asked.associatedContactId === undefined || asked.associatedContactId === thread.visitor.contactId) &&
    (since === undefined || Date.parse(latestMessageAt(thread) ?? thread.createdAt) > Date.parse(since))
  );
}

const byId = (one: Thread, other: Thread) => Number(one.id) - Number(other.id);
const ORDERS: Record<Query['sort'], (one: Thread, other: Thread) => number> = {
  id: byId,
  latestMessageTimestamp: (one, other) =>
    (latestMessageAt(one) ?? '').localeCompare(latestMessageAt(other) ?? '') || byId(one, other),
};
