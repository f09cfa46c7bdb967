const KEY = 'simulator-seen';

/** How many words of the visitor and the bot in each thread this browser has shown. */
const seen = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');

const isNews = ({ kind, byBot }) => kind === 'visitor' || byBot;
const isReply = ({ kind }) => kind === 'agent';

const newsIn = (thread) => thread.messages.filter(isNews).length;

/** No agent has answered, and this browser has not shown the thread at all. */
export const isNew = (thread) => seen[thread.id] === undefined && !thread.messages.some(isReply);

/** Whoever answers has read what was said before, be it in another browser. */
export const isUnread = (thread) =>
  thread.messages.findLast((message) => isNews(message) || isReply(message))?.kind !== 'agent' &&
  newsIn(thread) > (seen[thread.id] ?? 0);

export function markRead(thread) {
  seen[thread.id] = newsIn(thread);
  sessionStorage.setItem(KEY, JSON.stringify(seen));
}
