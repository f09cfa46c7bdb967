import { startComposer } from './composer.js';
import { showContact } from './contact-card.js';
import { control, follow } from './control.js';
import { showConversation } from './conversation.js';
import { byId } from './element.js';
import { showFaults, startFaults } from './faults.js';
import { showThreads } from './thread-list.js';
import { isUnread, markRead } from './unread.js';

let inbox = { portalId: '', threads: [], faults: [], trouble: [], down: false, lateWebhooks: 0 };
let selected;
let filter = 'OPEN';

const composer = startComposer(() => selected);
startFaults();
follow((latest) => {
  inbox = latest;
  show();
});

function show() {
  const thread = inbox.threads.find(({ id }) => id === selected);
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

function choose(threadId) {
  selected = threadId;
  show();
  if (threadId !== undefined && matchMedia('(min-width: 761px)').matches) composer.focus();
}

const openOrClose = () => {
  const open = inbox.threads.find(({ id }) => id === selected)?.status === 'OPEN';
  filter = open ? 'CLOSED' : 'OPEN';
  pressFilter();
  void control(`/threads/${selected}/${open ? 'close' : 'reopen'}`, { agent: composer.agentName() });
};
byId('open-or-close').addEventListener('click', openOrClose);
byId('reopen').addEventListener('click', openOrClose);
byId('back').addEventListener('click', () => choose(undefined));
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
