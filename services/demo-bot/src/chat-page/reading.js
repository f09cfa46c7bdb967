/**
 * Reports an agent's message as read once it was shown: scrolled into view, in an open chat, in a visible tab.
 * A report that fails is tried again when the tab is next looked at.
 */
export function reportReading(read) {
  const list = document.getElementById('lines');
  const reported = new Set();

  const report = async (messageId) => {
    if (!messageId || reported.has(messageId)) return;
    reported.add(messageId);
    await read(messageId).catch(() => reported.delete(messageId));
  };

  const shown = new IntersectionObserver(
    (entries) => {
      if (document.visibilityState !== 'visible') return;
      for (const { isIntersecting, target } of entries) if (isIntersecting) void report(target.dataset.unread);
    },
    { root: list, threshold: 0.5 },
  );

  const watchAgain = () => {
    shown.disconnect();
    for (const element of list.querySelectorAll('[data-unread]')) shown.observe(element);
  };
  document.addEventListener('visibilitychange', watchAgain);
  new MutationObserver(watchAgain).observe(list, { childList: true });
  watchAgain();
}
