import type { Handler } from './api-call.ts';
import type { Scope } from './authenticate.ts';
import { upsertContacts } from './contacts/contact-upsert.ts';
import { createContact, getContact, patchContact } from './contacts/contacts.ts';
import type { Operation } from './faults.ts';
import { getMessage, patchMessageStatus } from './messages/messages.ts';
import { publishMessage } from './messages/publish-message.ts';
import { getActor, readActors } from './threads/actors.ts';
import { getInbox, listInboxes } from './threads/inboxes.ts';
import { listThreadMessages } from './threads/thread-messages.ts';
import { sendToThread } from './threads/thread-send.ts';
import { getThread, patchThread } from './threads/threads.ts';

export interface Endpoint {
  readonly operation: Operation;
  readonly method: 'get' | 'post' | 'patch';
  /** One path per API version: they differ in where they begin and in nothing else. */
  readonly paths: readonly string[];
  /** One of them is enough. */
  readonly scopes: readonly Scope[];
  readonly handle: Handler;
}

const CHANNELS = [
  '/conversations/v3/custom-channels',
  '/conversations/custom-channels/2026-03',
  '/conversations/custom-channels/2026-09',
];
/** There is no 2026-03 of this family. */
const CONVERSATIONS = ['/conversations/v3/conversations', '/conversations/conversations/2026-09'];
const CONTACTS = ['/crm/v3/objects/contacts', '/crm/objects/2026-03/contacts', '/crm/objects/2026-09/contacts'];

const under = (roots: readonly string[], path: string) => roots.map((root) => root + path);
const messages = under(CHANNELS, '/:channelId/messages');
const message = under(CHANNELS, '/:channelId/messages/:messageId');
const thread = under(CONVERSATIONS, '/threads/:threadId');
const threadMessages = under(CONVERSATIONS, '/threads/:threadId/messages');
const contact = under(CONTACTS, '/:contactId');

const CHANNELS_READ = ['conversations.custom_channels.read'] as const;
const CHANNELS_WRITE = ['conversations.custom_channels.write'] as const;
const READ = ['conversations.read'] as const;
const WRITE = ['conversations.write'] as const;
const CONTACTS_READ = ['crm.objects.contacts.read'] as const;
const CONTACTS_WRITE = ['crm.objects.contacts.write'] as const;

/** The part of HubSpot's API that is played here. A new family is a file with its handlers and its lines in this list. */
export const ENDPOINTS: readonly Endpoint[] = [
  { operation: 'publish', method: 'post', paths: messages, scopes: CHANNELS_WRITE, handle: publishMessage },
  { operation: 'message', method: 'get', paths: message, scopes: CHANNELS_READ, handle: getMessage },
  { operation: 'status', method: 'patch', paths: message, scopes: CHANNELS_WRITE, handle: patchMessageStatus },
  { operation: 'thread', method: 'get', paths: thread, scopes: READ, handle: getThread },
  { operation: 'thread', method: 'patch', paths: thread, scopes: WRITE, handle: patchThread },
  { operation: 'thread', method: 'get', paths: threadMessages, scopes: READ, handle: listThreadMessages },
  { operation: 'comment', method: 'post', paths: threadMessages, scopes: WRITE, handle: sendToThread },
  { operation: 'inbox', method: 'get', paths: under(CONVERSATIONS, '/inboxes'), scopes: READ, handle: listInboxes },
  {
    operation: 'inbox',
    method: 'get',
    paths: under(CONVERSATIONS, '/inboxes/:inboxId'),
    scopes: READ,
    handle: getInbox,
  },
  {
    operation: 'actor',
    method: 'get',
    paths: under(CONVERSATIONS, '/actors/:actorId'),
    scopes: READ,
    handle: getActor,
  },
  {
    operation: 'actor',
    method: 'post',
    paths: under(CONVERSATIONS, '/actors/batch/read'),
    scopes: READ,
    handle: readActors,
  },
  { operation: 'contact', method: 'post', paths: CONTACTS, scopes: CONTACTS_WRITE, handle: createContact },
  {
    operation: 'contact',
    method: 'post',
    paths: under(CONTACTS, '/batch/upsert'),
    scopes: CONTACTS_WRITE,
    handle: upsertContacts,
  },
  { operation: 'contact', method: 'get', paths: contact, scopes: CONTACTS_READ, handle: getContact },
  { operation: 'contact', method: 'patch', paths: contact, scopes: CONTACTS_WRITE, handle: patchContact },
];
