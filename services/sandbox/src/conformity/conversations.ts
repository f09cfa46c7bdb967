import { z } from 'zod';
import { booleanText, integerText, json, list, type Operation, paging, under } from './operation.ts';

/** There is no 2026-03 of this family. */
const ROOTS = ['/conversations/v3/conversations', '/conversations/conversations/2026-09'];
const INBOXES = under(ROOTS, '/inboxes');
const THREADS = under(ROOTS, '/threads');
const THREAD = under(THREADS, '/{threadId}');
const MESSAGES = under(THREAD, '/messages');

const association = list(z.literal('TICKET'));
const archived = booleanText;

const readThread = z.strictObject({ archived, association }).partial();
const listThreads = z
  .strictObject({
    ...paging,
    archived,
    association,
    associatedContactId: integerText,
    associatedTicketId: integerText,
    inboxId: list(integerText),
    latestMessageTimestampAfter: z.iso.datetime(),
    threadStatus: z.enum(['OPEN', 'CLOSED']),
  })
  .partial();

const ThreadChange = z.strictObject({ status: z.enum(['OPEN', 'CLOSED']), archived: z.boolean() }).partial();

/** Parley sends no MESSAGE here: HubSpot takes one in an agent's name only. */
const Comment = z.strictObject({
  type: z.literal('COMMENT'),
  text: z.string(),
  richText: z.string().optional(),
  attachments: z.array(z.strictObject({ type: z.literal('FILE'), fileId: z.string() })),
});

export const conversationOperations: readonly Operation[] = [
  { name: 'list threads', method: 'GET', paths: THREADS, query: listThreads },
  { name: 'read a thread', method: 'GET', paths: THREAD, query: readThread },
  {
    name: 'change a thread',
    method: 'PATCH',
    paths: THREAD,
    query: z.strictObject({ archived }).partial(),
    body: json(ThreadChange),
  },
  {
    name: 'list the messages of a thread',
    method: 'GET',
    paths: MESSAGES,
    query: z.strictObject({ ...paging, archived }).partial(),
  },
  {
    name: 'read the original content of a message',
    method: 'GET',
    paths: under(MESSAGES, '/{messageId}/original-content'),
    query: z.strictObject({ property: z.string() }).partial(),
  },
  { name: 'comment on a thread', method: 'POST', paths: MESSAGES, body: json(Comment) },
  { name: 'read an actor', method: 'GET', paths: under(ROOTS, '/actors/{actorId}') },
  {
    name: 'read actors',
    method: 'POST',
    paths: under(ROOTS, '/actors/batch/read'),
    body: json(z.strictObject({ inputs: z.array(z.string()) })),
  },
  {
    name: 'list inboxes',
    method: 'GET',
    paths: INBOXES,
    query: z.strictObject({ ...paging, archived, defaultPageLength: integerText }).partial(),
  },
  {
    name: 'read an inbox',
    method: 'GET',
    paths: under(INBOXES, '/{inboxId}'),
    query: z.strictObject({ archived }).partial(),
  },
];
