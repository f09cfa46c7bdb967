import type { HubSpot } from '../portal/hubspot.ts';
import { createAccount, getAccount, listAccounts, patchAccount } from './accounts/channel-accounts.ts';
import { patchStagingToken } from './accounts/staging-tokens.ts';
import type { Handler, OpenCall, OpenHandler } from './api-call.ts';
import type { Scope } from './authenticate.ts';
import { searchContacts } from './contacts/contact-search.ts';
import { upsertContacts } from './contacts/contact-upsert.ts';
import { createContact, getContact, patchContact } from './contacts/contacts.ts';
import type { Operation } from './faults.ts';
import { deleteFile, getFile, signFile } from './files/files.ts';
import { uploadFile } from './files/upload.ts';
import { getMessage, patchMessageStatus } from './messages/messages.ts';
import { publishMessage } from './messages/publish-message.ts';
import { getActor, readActors } from './threads/actors.ts';
import { assignThread, unassignThread } from './threads/assignee.ts';
import {
  getConversationAccount,
  listConversationAccounts,
  listConversationChannels,
} from './threads/channel-directory.ts';
import { getInbox, listInboxes } from './threads/inboxes.ts';
import { listThreads } from './threads/thread-list.ts';
import { getOriginalContent, listThreadMessages } from './threads/thread-messages.ts';
import { sendToThread } from './threads/thread-send.ts';
import { deleteThread, getThread, patchThread } from './threads/threads.ts';

interface Place {
  readonly operation: Operation;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** One path per API version: they differ in where they begin and in nothing else. */
  readonly paths: readonly string[];
  /** JSON when not said otherwise. */
  readonly body?: 'multipart' | 'form';
  /** HubSpot has said when it ends. */
  readonly deprecated?: true;
}

/** What a token opens. */
export interface TokenEndpoint extends Place {
  /** One of them is enough. */
  readonly scopes: readonly Scope[];
  readonly handle: Handler;
}

/** What needs no token: developers' and strangers' side. It proves by other means who asks, or needs no proof. */
export interface OpenEndpoint extends Place {
  readonly scopes?: undefined;
  /** Throws for who may not call; the body is not read before. */
  readonly admit?: (hubspot: HubSpot, call: Omit<OpenCall, 'body'>) => void;
  readonly handleOpen: OpenHandler;
}

export type Endpoint = TokenEndpoint | OpenEndpoint;

export const CHANNELS = [
  '/conversations/v3/custom-channels',
  '/conversations/custom-channels/2026-03',
  '/conversations/custom-channels/2026-09',
];
/** There is no 2026-03 of this family. */
const CONVERSATIONS = ['/conversations/v3/conversations', '/conversations/conversations/2026-09'];
const CONTACTS = ['/crm/v3/objects/contacts', '/crm/objects/2026-03/contacts', '/crm/objects/2026-09/contacts'];

/** 2026-09 has no upload. */
const FILES = ['/files/v3/files', '/files/2026-03/files'];

const under = (roots: readonly string[], path: string) => roots.map((root) => root + path);
const accounts = under(CHANNELS, '/:channelId/channel-accounts');
const account = under(CHANNELS, '/:channelId/channel-accounts/:channelAccountId');
const stagingToken = under(CHANNELS, '/:channelId/channel-account-staging-tokens/:accountToken');
const messages = under(CHANNELS, '/:channelId/messages');
const message = under(CHANNELS, '/:channelId/messages/:messageId');
const threads = under(CONVERSATIONS, '/threads');
const thread = under(CONVERSATIONS, '/threads/:threadId');
const threadMessages = under(CONVERSATIONS, '/threads/:threadId/messages');
const originalContent = under(CONVERSATIONS, '/threads/:threadId/messages/:messageId/original-content');
/** The v3 specification has it in a place of its own. */
const assignee = [
  ...under(CONVERSATIONS, '/threads/:threadId/assignee'),
  '/conversations/conversations/v3/threads/:threadId/assignee',
];
const contact = under(CONTACTS, '/:contactId');

const file = under(FILES, '/:fileId');
const gdprDelete = under(FILES, '/:fileId/gdpr-delete');
const signedUrl = under(FILES, '/:fileId/signed-url');

const contactSearch = under(CONTACTS, '/search');

const CHANNELS_READ = ['conversations.custom_channels.read'] as const;
const CHANNELS_WRITE = ['conversations.custom_channels.write'] as const;
const CHANNELS_EITHER = [...CHANNELS_READ, ...CHANNELS_WRITE];
const READ = ['conversations.read'] as const;
const WRITE = ['conversations.write'] as const;
const CONTACTS_READ = ['crm.objects.contacts.read'] as const;
const CONTACTS_WRITE = ['crm.objects.contacts.write'] as const;
const FILES_SCOPE = ['files'] as const;

/** The part of HubSpot's API that is played here. A new family is a file with its handlers and its lines in this list. */
export const ENDPOINTS: readonly TokenEndpoint[] = [
  { operation: 'account', method: 'get', paths: accounts, scopes: CHANNELS_EITHER, handle: listAccounts },
  { operation: 'account', method: 'post', paths: accounts, scopes: CHANNELS_EITHER, handle: createAccount },
  { operation: 'account', method: 'get', paths: account, scopes: CHANNELS_EITHER, handle: getAccount },
  { operation: 'account', method: 'patch', paths: account, scopes: CHANNELS_EITHER, handle: patchAccount },
  {
    operation: 'staging-token',
    method: 'patch',
    paths: stagingToken,
    scopes: CHANNELS_EITHER,
    handle: patchStagingToken,
  },
  { operation: 'publish', method: 'post', paths: messages, scopes: CHANNELS_WRITE, handle: publishMessage },
  { operation: 'message', method: 'get', paths: message, scopes: CHANNELS_READ, handle: getMessage },
  { operation: 'status', method: 'patch', paths: message, scopes: CHANNELS_WRITE, handle: patchMessageStatus },
  { operation: 'threads', method: 'get', paths: threads, scopes: READ, handle: listThreads },
  { operation: 'thread', method: 'get', paths: thread, scopes: READ, handle: getThread },
  { operation: 'thread', method: 'patch', paths: thread, scopes: WRITE, handle: patchThread },
  { operation: 'thread', method: 'delete', paths: thread, scopes: WRITE, handle: deleteThread },
  { operation: 'assignee', method: 'put', paths: assignee, scopes: WRITE, handle: assignThread },
  { operation: 'assignee', method: 'post', paths: assignee, scopes: WRITE, handle: assignThread },
  { operation: 'assignee', method: 'delete', paths: assignee, scopes: WRITE, handle: unassignThread },
  { operation: 'thread', method: 'get', paths: threadMessages, scopes: READ, handle: listThreadMessages },
  {
    operation: 'original-content',
    method: 'get',
    paths: originalContent,
    scopes: READ,
    handle: getOriginalContent,
  },
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
    operation: 'inbox',
    method: 'get',
    paths: under(CONVERSATIONS, '/channels'),
    scopes: READ,
    handle: listConversationChannels,
  },
  {
    operation: 'inbox',
    method: 'get',
    paths: under(CONVERSATIONS, '/channel-accounts'),
    scopes: READ,
    handle: listConversationAccounts,
  },
  {
    operation: 'inbox',
    method: 'get',
    paths: under(CONVERSATIONS, '/channel-accounts/:channelAccountId'),
    scopes: READ,
    handle: getConversationAccount,
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
  { operation: 'search', method: 'post', paths: contactSearch, scopes: CONTACTS_READ, handle: searchContacts },
  { operation: 'contact', method: 'get', paths: contact, scopes: CONTACTS_READ, handle: getContact },
  { operation: 'contact', method: 'patch', paths: contact, scopes: CONTACTS_WRITE, handle: patchContact },
  { operation: 'file', method: 'post', paths: FILES, scopes: FILES_SCOPE, body: 'multipart', handle: uploadFile },
  { operation: 'file', method: 'get', paths: file, scopes: FILES_SCOPE, handle: getFile },
  { operation: 'file', method: 'get', paths: signedUrl, scopes: FILES_SCOPE, handle: signFile },
  { operation: 'file', method: 'delete', paths: file, scopes: FILES_SCOPE, handle: deleteFile },
  { operation: 'file', method: 'delete', paths: gdprDelete, scopes: FILES_SCOPE, handle: deleteFile },
];
