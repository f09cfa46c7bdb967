import { startComposer } from './composer.js';
import { showContact } from './contact-card.js';
import { control, follow } from './control.js';
import { showConversation } from './conversation.js';
import { byId } from './element.js';
import { showFaults, startFaults } from './faults.js';
import { showThreads } from './thread-list.js';
import { isUnread, markRead } from './unread.js';

let inbox = { portalId: '', threads: [], faults: [], trouble: [], down: false, lateWebhooks: 0 };
let selected = threadInAddress();
/** Someone who went back to the list wants to see the list. */
let wentBack = false;
let filter = 'OPEN';

const composer = startComposer(() => selected);
startFaults();
follow((latest) => {
  inbox = latest;
  show();
});

function show() {
  const thread = inbox.threads.find(({ id }) => id === selected) ?? onlyOneWaiting();
  if (thread) select(thread.id);
  if (thread && !document.hidden) markRead(thread);
  byId('portal').textContent = `Portal ${inbox.portalId}`;
  byId('columns').dataset.showing = thread ? 'thread' : 'list';
  showThreads(inbox.threads, { filter, selected, choose });
  showConversation(thread);
  showContact(thread);
  showFaults(inbox);
  const unread = inbox.threads.filter(isUnread).length;
  document.title = `${unread > 0 ? `(${unread}) ` : ''}Inbox · HubSpot simulator`;
}

/** Nobody need choose where there is no choice. */
function onlyOneWaiting() {
  const waiting = inbox.threads.filter((thread) => thread.waiting);
  return waiting.length === 1 && filter === 'OPEN' && !wentBack ? waiting[0] : undefined;
}

/** The address keeps the chosen thread, so that a reload does. */
function select(threadId) {
  selected = threadId;
  if (threadId !== threadInAddress())
    history.replaceState(null, '', threadId === undefined ? location.pathname : `#thread=${threadId}`);
}

function threadInAddress() {
  return new URLSearchParams(location.hash.slice(1)).get('thread') ?? undefined;
}

function choose(threadId) {
  select(threadId);
  show();
  if (threadId !== undefined && matchMedia('(min-width: 761px)').matches) composer.focus();
}

const openOrClose = () => {
  const open = inbox.threads.find(({ id }) => id === selected)?.status === 'OPEN';
  if (!open) filter = 'OPEN';
  pressFilter();
  void control(`/threads/${selected}/${open ? 'close' : 'reopen'}`, { agent: composer.agentName() });
};
byId('open-or-close').addEventListener('click', openOrClose);
byId('reopen').addEventListener('click', openOrClose);
byId('back').addEventListener('click', () => {
  wentBack = true;
  choose(undefined);
});
addEventListener('hashchange', () => choose(threadInAddress()));
byId('show-aside').addEventListener('click', ({ currentTarget }) => {
  const open = byId('columns').dataset.aside !== 'open';
  byId('columns').dataset.aside = open ? 'open' : 'shut';
  currentTarget.setAttribute('aria-expanded', String(open));
});
document.addEventListener('visibilitychange', show);

const filters = [...document.querySelectorAll('[data-filter]')];
const pressFilter = () => {
  for (const button of filters) button.setAttribute('aria-pressed', String(button.dataset.filter === filter));
};
for (const button of filters)
  button.addEventListener('click', () => {
    filter = button.dataset.filter;
    pressFilter();
    show();
  });
