import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { announceCreation } from '../webhooks/webhook-events.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { ChannelAccount, Portal, Thread, Visitor } from './portal.ts';
import { changeStatus, SYSTEM } from './thread-status.ts';

/**
 * The thread that a visitor's message belongs to, opened when there is none. Only a UUID is remembered as an integration thread id:
 * with other strings HubSpot was seen to open a thread for each message, as it does without any.
 */
export function threadFor(
  portal: Portal,
  message: {
    readonly account: ChannelAccount;
    readonly visitor: Visitor;
    readonly integrationThreadId?: string | undefined;
  },
): Thread {
  const key = keyOf(portal, message);
  const known = key === undefined ? undefined : portal.threadsByKey.get(key);
  if (known && known.status === 'CLOSED' && !known.archived && portal.settings.closedThread === 'reopen')
    changeStatus(portal, { thread: known, status: 'OPEN', by: SYSTEM });
  if (known && known.status === 'OPEN' && !known.archived) return known;
  const thread = openThread(portal, message);
  if (key !== undefined) portal.threadsByKey.set(key, thread);
  return thread;
}

/** The channel's capability decides; for one without it the setting, because its default is documented nowhere. */
function modelOf({ channels, settings }: Portal, { channelId }: ChannelAccount) {
  const channel = channels.get(channelId);
  return (channel && capabilitiesOf(channel).threadingModel) ?? settings.threadingModel;
}

function keyOf(
  portal: Portal,
  { account, visitor, integrationThreadId }: Parameters<typeof threadFor>[1],
): string | undefined {
  if (modelOf(portal, account) === 'DELIVERY_IDENTIFIER')
    return `${account.id}/${visitor.deliveryIdentifier.type}/${visitor.deliveryIdentifier.value}`;
  return z.uuid().safeParse(integrationThreadId).success ? `${account.id}/${integrationThreadId}` : undefined;
}

function openThread(
  portal: Portal,
  { account, visitor, integrationThreadId }: Parameters<typeof threadFor>[1],
): Thread {
  const given = modelOf(portal, account) === 'INTEGRATION_THREAD_ID' ? integrationThreadId : undefined;
  const thread: Thread = {
    id: portal.ids.thread(),
    createdAt: new Date().toISOString(),
    ticketId: portal.inboxes.get(account.inboxId)?.type === 'HELP_DESK' ? portal.ids.ticket() : undefined,
    channelId: account.channelId,
    channelAccountId: account.id,
    inboxId: account.inboxId,
    integrationThreadId: given ?? randomUUID(),
    mergedIntegrationThreadIds: [],
    visitor,
    messages: [],
    status: 'OPEN',
    closedAt: undefined,
    assignedTo: undefined,
    archived: false,
  };
  portal.threads.set(thread.id, thread);
  announceCreation(portal, thread);
  return thread;
}
