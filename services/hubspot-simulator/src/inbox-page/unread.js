const KEY = 'simulator-seen';

/** How many visitor messages of each thread this browser has shown. */
const seen = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');

const spoken = (thread) => thread.messages.filter(({ kind }) => kind === 'visitor').length;

export const isUnread = (thread) => spoken(thread) > (seen[thread.id] ?? 0);

export function markRead(thread) {
  seen[thread.id] = spoken(thread);
  sessionStorage.setItem(KEY, JSON.stringify(seen));
}
