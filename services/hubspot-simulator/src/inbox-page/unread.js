const KEY = 'simulator-seen';

/** How many visitor messages of each thread this browser has shown. */
const seen = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');

const spoken = (thread) => thread.messages.filter(({ kind }) => kind === 'visitor').length;

/** This browser has not shown the thread at all. */
export const isNew = (thread) => seen[thread.id] === undefined;

export const isUnread = (thread) => isNew(thread) || spoken(thread) > seen[thread.id];

export function markRead(thread) {
  seen[thread.id] = spoken(thread);
  sessionStorage.setItem(KEY, JSON.stringify(seen));
}
