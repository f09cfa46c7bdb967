import { announceChange } from '../webhooks/webhook-events.ts';
import { newMessageId } from './ids.ts';
import type { Portal, Thread } from './portal.ts';
import type { Client } from './wire.ts';

/** Who changes a thread. */
export interface Author {
  readonly actorId: string;
  readonly client: Client;
}

export const SYSTEM: Author = { actorId: 'S-hubspot', client: { clientType: 'SYSTEM' } };

/** The app that a token was granted to. */
export const appAuthor = (appId: string): Author => ({
  actorId: `I-${appId}`,
  client: { clientType: 'INTEGRATION', integrationAppId: Number(appId) },
});

/** An agent at the inbox. */
export const agentAuthor = (actorId: string): Author => ({ actorId, client: { clientType: 'HUBSPOT' } });

/** Opens or closes a thread, notes it there and tells the app. Nothing happens when it is so already. */
export function changeStatus(
  portal: Portal,
  { thread, status, by }: { readonly thread: Thread; readonly status: Thread['status']; readonly by: Author },
): void {
  if (thread.status === status) return;
  thread.status = status;
  thread.closedAt = status === 'CLOSED' ? new Date().toISOString() : undefined;
  thread.messages.push({ ...note(thread, by), type: 'THREAD_STATUS_CHANGE', newStatus: status });
  announceChange(portal, thread, 'status');
  portal.changes.emit();
}

/** Gives a thread to an agent, or to nobody. */
export function assign(
  portal: Portal,
  { thread, to, by }: { readonly thread: Thread; readonly to: string | undefined; readonly by: Author },
): void {
  const from = thread.assignedTo;
  if (from === to) return;
  thread.assignedTo = to;
  thread.messages.push({
    ...note(thread, by),
    type: 'ASSIGNMENT',
    ...(from !== undefined && { assignedFrom: from }),
    ...(to !== undefined && { assignedTo: to }),
  });
  announceChange(portal, thread, 'assignedTo');
  portal.changes.emit();
}

const note = (thread: Thread, by: Author) => ({
  id: newMessageId(),
  conversationsThreadId: thread.id,
  createdAt: new Date().toISOString(),
  createdBy: by.actorId,
  client: by.client,
  senders: [{ actorId: by.actorId }],
  recipients: [],
  archived: false,
});
