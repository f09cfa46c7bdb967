import type { Thread } from '../../portal/portal.ts';

/** A thread as the API shows it. Its ticket is shown to who asks for that association. */
export const threadView = (thread: Thread, association?: string | null) => ({
  id: thread.id,
  createdAt: thread.createdAt,
  closedAt: thread.closedAt,
  status: thread.status,
  originalChannelId: thread.channelId,
  originalChannelAccountId: thread.channelAccountId,
  latestMessageTimestamp: latestMessageAt(thread),
  latestMessageSentTimestamp: latestMessageAt(thread, 'OUTGOING'),
  latestMessageReceivedTimestamp: latestMessageAt(thread, 'INCOMING'),
  assignedTo: thread.assignedTo,
  spam: false,
  inboxId: thread.inboxId,
  associatedContactId: thread.visitor.contactId ?? thread.visitor.visitorId,
  archived: thread.archived,
  ...(association === 'TICKET' &&
    thread.ticketId !== undefined && { threadAssociations: { associatedTicketId: thread.ticketId } }),
});

/** Undefined when nothing was said, or nothing in that direction. */
export const latestMessageAt = ({ messages }: Thread, wanted?: 'INCOMING' | 'OUTGOING'): string | undefined =>
  messages
    .flatMap((message) =>
      message.type === 'MESSAGE' && (wanted ?? message.direction) === message.direction ? [message] : [],
    )
    .map(({ createdAt }) => createdAt)
    .toSorted()
    .at(-1);
