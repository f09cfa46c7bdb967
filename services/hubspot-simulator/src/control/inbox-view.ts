import type { Faults } from '../api/faults.ts';
import { byTime } from '../api/threads/thread-messages.ts';
import type { HubSpot } from '../portal/hubspot.ts';
import type { Portal, Thread } from '../portal/portal.ts';
import { appName } from '../portal/portal.ts';
import type { ThreadMessage } from '../portal/wire.ts';
import type { Delivery } from '../webhooks/webhook-delivery.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { AttachmentView } from './attachment-view.ts';
import { attachmentViews } from './attachment-view.ts';

export interface Shown {
  readonly hubspot: HubSpot;
  readonly faults: Faults;
  readonly webhooks: Webhooks;
}

/** All that the inbox page shows. */
export const inboxView = ({ hubspot, faults, webhooks }: Shown) => ({
  portalId: [...hubspot.portals.keys()].join(', '),
  threads: [...hubspot.portals.values()].flatMap(threadsOf),
  faults: faults.list(),
  down: faults.isDown(),
  trouble: webhooks.list(),
  lateWebhooks: webhooks.deliveries().filter(isLate).length,
});
export type InboxView = ReturnType<typeof inboxView>;

const threadsOf = (portal: Portal) =>
  [...portal.threads.values()].filter(({ archived }) => !archived).map((thread) => threadView(portal, thread));

const isLate = ({ state, trouble, attempts }: Delivery) =>
  state === 'held' || (state === 'waiting' && trouble === 'late' && attempts.length === 0);

function threadView(portal: Portal, thread: Thread) {
  const contact = portal.contacts.get(thread.visitor.contactId ?? '');
  const { firstname, lastname, email, phone } = contact?.properties ?? {};
  const fullName = [firstname, lastname].filter(Boolean).join(' ');
  const name = fullName || thread.visitor.name || email || 'Unknown visitor';
  const messages = byTime(thread.messages).map((message) => messageView(portal, message));
  const lastSpoken = messages.findLast(({ kind }) => kind === 'visitor' || kind === 'agent');
  return {
    id: thread.id,
    portalId: portal.id,
    name,
    status: thread.status,
    /** The visitor has the last word in an open thread. */
    waiting: thread.status === 'OPEN' && lastSpoken?.kind === 'visitor',
    assignedTo: nameOf(portal, thread.assignedTo),
    contact: contact && { id: contact.id, name: fullName, email, phone, company: contact.properties.company },
    visitorId: thread.visitor.visitorId,
    identifier: thread.visitor.deliveryIdentifier,
    integrationThreadId: thread.integrationThreadId,
    messages,
  };
}

interface MessageView {
  readonly id: string;
  readonly at: string;
  readonly kind: 'visitor' | 'agent' | 'comment' | 'system';
  readonly name?: string | undefined;
  readonly text: string;
  /** A comment of the app's, which tells what the bot said or what became known of the visitor. */
  readonly byBot?: boolean;
  readonly attachments?: readonly AttachmentView[];
  readonly status?: string;
  readonly reason?: string | undefined;
  /** A delivery report has come; until then SENT is HubSpot's hope. */
  readonly reported?: boolean;
}

function messageView(portal: Portal, message: ThreadMessage): MessageView {
  const base = { id: message.id, at: message.createdAt };
  const by = nameOf(portal, message.createdBy);
  if (message.type === 'COMMENT')
    return {
      ...base,
      kind: 'comment',
      name: by,
      text: message.text,
      byBot: isApp(message.createdBy),
      attachments: attachmentViews(portal, message),
    };
  if (message.type === 'THREAD_STATUS_CHANGE') {
    const what = message.newStatus === 'CLOSED' ? 'closed' : 'reopened';
    return { ...base, kind: 'system', text: `${by ?? 'HubSpot'} ${what} the conversation` };
  }
  if (message.type === 'ASSIGNMENT') {
    const to = nameOf(portal, message.assignedTo);
    return { ...base, kind: 'system', text: to ? `Assigned to ${to}` : 'Unassigned' };
  }
  return {
    ...base,
    kind: message.direction === 'INCOMING' ? 'visitor' : 'agent',
    name: message.senders[0]?.name ?? by,
    text: message.text,
    attachments: attachmentViews(portal, message),
    status: message.status.statusType,
    reason: message.status.failureDetails?.errorMessage,
    reported: message.updatedAt !== undefined,
  };
}

function nameOf(portal: Portal, actorId: string | undefined): string | undefined {
  if (actorId === undefined) return undefined;
  if (isApp(actorId)) return appName(portal);
  return actorId === 'S-hubspot' ? 'HubSpot' : portal.agents.get(actorId);
}

const isApp = (actorId: string) => actorId.startsWith('I-');
