import { randomUUID } from 'node:crypto';
import { newEventNumber } from '../portal/ids.ts';
import type { ChannelAccount, Portal, Thread } from '../portal/portal.ts';
import type { ChannelMessage, Comment } from '../portal/wire.ts';

/** Where the two webhook systems of HubSpot take what happened. They run independently, so neither waits for the other. */
export interface Announce {
  /** One object to the channel's own address. */
  readonly toChannel: (event: Record<string, unknown>) => void;
  /** One element of an array to the app's address; the rest is added when it is sent, where the app subscribed to it. */
  readonly toApp: (event: Record<string, unknown>) => void;
}

/** An agent's words, to the channel. */
export function announceAgentMessage(portal: Portal, thread: Thread, message: ChannelMessage): void {
  const { settings } = portal;
  const { client: _client, archived: _archived, ...visible } = message;
  portal.announce.toChannel({
    type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
    portalId: portalIdOf(portal),
    channelId: thread.channelId,
    eventTimestamp: new Date().toISOString(),
    eventId: randomUUID(),
    channelIntegrationThreadIds: [thread.integrationThreadId, ...thread.mergedIntegrationThreadIds],
    message: {
      ...visible,
      inReplyToId: message.inReplyToId ?? null,
      status: settings.webhookStatus === 'object' ? message.status : message.status.statusType,
      senders: message.senders.map(({ name, ...sender }) =>
        settings.webhookSenderName === 'present' ? { ...sender, name } : sender,
      ),
    },
  });
}

/** A channel account that came, changed or went, to the channel. */
export const announceAccount = (
  portal: Portal,
  { id, channelId, deliveryIdentifier }: ChannelAccount,
  type: 'CHANNEL_ACCOUNT_CREATED' | 'CHANNEL_ACCOUNT_UPDATED' | 'CHANNEL_ACCOUNT_PURGED',
): void =>
  portal.announce.toChannel({
    type,
    portalId: portalIdOf(portal),
    channelId,
    eventTimestamp: new Date().toISOString(),
    channelAccountId: id,
    channelAccountDeliveryIdentifier:
      portal.settings.webhookAccountIdentifier === 'object' ? deliveryIdentifier : deliveryIdentifier?.value,
  });

const portalIdOf = ({ settings, id }: Portal) => (settings.webhookPortalId === 'string' ? id : Number(id));

/** A new thread, ours included. */
export const announceCreation = (portal: Portal, thread: Thread): void =>
  portal.announce.toApp({ ...about(portal, thread, 'conversation.creation'), changeFlag: 'NEW' });

/** A message or comment by whomever, ours included; the words themselves are not in it. */
export const announceNewMessage = (portal: Portal, thread: Thread, message: ChannelMessage | Comment): void =>
  portal.announce.toApp({
    ...about(portal, thread, 'conversation.newMessage'),
    messageId: message.id,
    messageType: message.type,
    changeFlag: 'NEW_MESSAGE',
  });

/** A thread in the bin, or deleted for good. */
export const announceDeletion = (
  portal: Portal,
  thread: Thread,
  type: 'conversation.deletion' | 'conversation.privacyDeletion',
): void => portal.announce.toApp({ ...about(portal, thread, type), changeFlag: 'DELETED' });

/** Into the bin or out of it. */
export const announceArchived = (portal: Portal, thread: Thread): void =>
  portal.announce.toApp({
    ...about(portal, thread, 'conversation.propertyChange'),
    changeSource: 'CONVERSATIONS',
    propertyName: 'isArchived',
    propertyValue: String(thread.archived),
  });

export const announceChange = (portal: Portal, thread: Thread, property: 'status' | 'assignedTo'): void =>
  portal.announce.toApp({
    ...about(portal, thread, 'conversation.propertyChange'),
    changeSource: 'CONVERSATIONS',
    propertyName: property,
    propertyValue: property === 'status' ? thread.status : assignee(portal, thread),
  });

const about = (portal: Portal, thread: Thread, subscriptionType: string) => ({
  eventId: newEventNumber(),
  portalId: Number(portal.id),
  appId: Number(portal.channels.get(thread.channelId)?.appId),
  occurredAt: Date.now(),
  subscriptionType,
  objectId: Number(thread.id),
});

/** Seen both as `A-123` and as `123`; empty when nobody has the thread any more. */
const assignee = (portal: Portal, thread: Thread) =>
  portal.settings.webhookAssignee === 'actor-id' ? (thread.assignedTo ?? '') : (thread.assignedTo?.slice(2) ?? '');
