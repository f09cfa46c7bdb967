import { announceArchived, announceDeletion } from '../webhooks/webhook-events.ts';
import type { Portal, Thread } from './portal.ts';

/** Puts a thread into the bin, where it stays for 30 days. The app hears of a deletion. */
export function archiveThread(portal: Portal, thread: Thread): void {
  if (thread.archived) return;
  thread.archived = true;
  announceDeletion(portal, thread, 'conversation.deletion');
  announceArchived(portal, thread);
  portal.changes.emit();
}

/** Takes it out again. */
export function restoreThread(portal: Portal, thread: Thread): void {
  if (!thread.archived) return;
  thread.archived = false;
  announceArchived(portal, thread);
  portal.changes.emit();
}

/** Deletes a thread for good, with its words and all that leads to it. */
export function privacyDeleteThread(portal: Portal, thread: Thread): void {
  forget(portal, thread);
  const gone = new Set(thread.messages.map(({ id }) => id));
  for (const id of gone) portal.originals.delete(id);
  for (const [key, messageId] of portal.published) if (gone.has(messageId)) portal.published.delete(key);
  announceDeletion(portal, thread, 'conversation.privacyDeletion');
  portal.changes.emit();
}

/**
 * Puts all that was said in `absorbed` into `survivor`. From then on webhooks name the survivor, with the integration thread ids of both,
 * and what a visitor says in either is there. That the absorbed thread's id is not found afterwards is a guess: no source tells.
 */
export function mergeThreads(portal: Portal, survivor: Thread, absorbed: Thread): void {
  if (survivor === absorbed) throw new Error(`thread ${survivor.id} cannot be merged with itself`);
  const { integrationThreadId, mergedIntegrationThreadIds, messages } = absorbed;
  survivor.mergedIntegrationThreadIds.push(integrationThreadId, ...mergedIntegrationThreadIds);
  survivor.messages.push(...messages.map((message) => ({ ...message, conversationsThreadId: survivor.id })));
  const keys = [...portal.threadsByKey].flatMap(([key, thread]) => (thread === absorbed ? [key] : []));
  forget(portal, absorbed);
  for (const key of keys) portal.threadsByKey.set(key, survivor);
  if (portal.settings.mergeAnnounces === 'deletion') announceDeletion(portal, absorbed, 'conversation.deletion');
  portal.changes.emit();
}

function forget(portal: Portal, thread: Thread): void {
  portal.threads.delete(thread.id);
  for (const [key, other] of portal.threadsByKey) if (other === thread) portal.threadsByKey.delete(key);
}
