import { attach, filesOf, refuseFiles } from '../../portal/attachments.ts';
import { newMessageId } from '../../portal/ids.ts';
import type { Portal, Thread, Visitor } from '../../portal/portal.ts';
import { appAuthor } from '../../portal/thread-status.ts';
import { threadFor } from '../../portal/threading.ts';
import { actorIdOf, visitorOf } from '../../portal/visitors.ts';
import type { ChannelMessage } from '../../portal/wire.ts';
import { richTextOf } from '../../portal/wire.ts';
import { announceNewMessage } from '../../webhooks/webhook-events.ts';
import type { Handler } from '../api-call.ts';
import { HubSpotError, invalid, parseBody } from '../errors.ts';
import { requireChannel, usableAccount } from './channels.ts';
import { findMessage } from './messages.ts';
import type { PublishRequest } from './publish-request.ts';
import { LenientPublish, StrictPublish } from './publish-request.ts';

/**
 * POST {channelId}/messages: a visitor's words. A known `integrationIdempotencyId` changes nothing and, as the setting has it, gives the
 * message of the first time or a 409.
 */
export const publishMessage: Handler = (portal, { grant, params, body }) => {
  const channelId = params.channelId ?? '';
  const channel = requireChannel(portal, grant, channelId);
  const request = parseBody(portal.settings.validation === 'strict' ? StrictPublish : LenientPublish, body);
  const account = usableAccount(portal, channelId, request.channelAccountId);
  const seen = request.integrationIdempotencyId && `${account.id}/${request.integrationIdempotencyId}`;
  const before = seen && portal.published.get(seen);
  if (before) return answerAgain(portal, channelId, before);
  const contactId = namedContact(portal, request);
  refuseUsages(portal, request);
  const files = filesOf(portal, request.attachments);
  if (portal.settings.fileLimits === 'both') refuseFiles(channel, files);
  const attachments = attach(portal, request.attachments);

  const [sender] = request.senders;
  if (!sender) throw new Error('a publish without a sender passed the schema');
  const visitor = visitorOf(portal, sender.deliveryIdentifier, sender.name);
  visitor.contactId ??= contactId;
  const thread = threadFor(portal, { account, visitor, integrationThreadId: request.integrationThreadId });
  const message = messageOf({ ...request, attachments }, { thread, visitor, appId: grant.appId });
  thread.messages.push(message);
  if (seen) portal.published.set(seen, message.id);
  announceNewMessage(portal, thread, message);
  portal.changes.emit();
  return { status: 201, body: message };
};

function answerAgain(portal: Portal, channelId: string, messageId: string) {
  const status = portal.settings.duplicateResponse;
  if (status === 409)
    throw new HubSpotError(409, {
      message: `A message with this integrationIdempotencyId already exists: ${messageId}`,
      category: 'CONFLICT',
    });
  return { status, body: findMessage(portal, channelId, messageId) };
}

function refuseUsages(portal: Portal, { attachments }: PublishRequest): void {
  if (portal.settings.fileUsageTypes === 'all') return;
  for (const attachment of attachments) {
    const usage = attachment.type === 'FILE' ? attachment.fileUsageType : undefined;
    if (usage !== undefined && usage !== 'STICKER' && usage !== 'VOICE_RECORDING')
      throw invalid({ message: `Unsupported file usage type ${usage}, allowed types are: STICKER,VOICE_RECORDING` });
  }
}

function namedContact(portal: Portal, request: PublishRequest): string | undefined {
  if (portal.settings.associateWithContactId === 'ignored') return undefined;
  const named = request.associateWithContactId ?? request.preResolvedContacts?.contacts[0]?.contactVid;
  if (named !== undefined && !portal.contacts.has(String(named)))
    throw invalid({ message: `Contact ${named} does not exist`, in: 'associateWithContactId' });
  return named?.toString();
}

function messageOf(
  request: Omit<PublishRequest, 'attachments'> & Pick<ChannelMessage, 'attachments'>,
  { thread, visitor, appId }: { readonly thread: Thread; readonly visitor: Visitor; readonly appId: string },
): ChannelMessage {
  const actorId = actorIdOf(visitor);
  return {
    type: 'MESSAGE',
    id: newMessageId(),
    conversationsThreadId: thread.id,
    createdAt: new Date(request.timestamp).toISOString(),
    createdBy: actorId,
    client: appAuthor(appId).client,
    senders: request.senders.map(({ name, deliveryIdentifier }) => ({
      actorId,
      ...(name !== undefined && { name }),
      deliveryIdentifier,
    })),
    recipients: request.recipients.map(({ deliveryIdentifier }) => ({ deliveryIdentifier })),
    text: request.text,
    richText: request.richText ?? richTextOf(request.text),
    attachments: request.attachments,
    truncationStatus: 'NOT_TRUNCATED',
    ...(request.inReplyToId !== undefined && { inReplyToId: request.inReplyToId }),
    status: { statusType: 'RECEIVED' },
    direction: 'INCOMING',
    channelId: thread.channelId,
    channelAccountId: thread.channelAccountId,
    archived: false,
  };
}
