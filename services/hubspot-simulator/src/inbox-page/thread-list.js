import { byId, element, initials, showList, timeOf } from './element.js';
import { isNew, isUnread } from './unread.js';

/** The list on the left: of the open or of the closed threads, the one with the latest words first. */
export function showThreads(threads, { filter, selected, choose }) {
  const rows = threads
    .filter(({ status }) => status === filter)
    .toSorted((one, other) => latest(other).localeCompare(latest(one)))
    .map((thread) => rowOf(thread, selected));
  showList(byId('thread-list'), rows, (row) => rowElement(row, choose));

  for (const status of ['OPEN', 'CLOSED'])
    byId(`count-${status.toLowerCase()}`).textContent = threads.filter((thread) => thread.status === status).length;
  byId('no-threads').hidden = threads.length > 0;
  byId('no-match').hidden = threads.length === 0 || rows.length > 0;
  byId('no-match-text').textContent =
    filter === 'OPEN' ? 'Every conversation is closed.' : 'No conversation has been closed yet.';
}

const latest = (thread) => thread.messages.at(-1)?.at ?? '';

function rowOf(thread, selected) {
  const last = thread.messages.findLast(({ kind }) => kind === 'visitor' || kind === 'agent');
  const speaker = last?.kind === 'agent' ? `${last.name}: ` : '';
  return {
    id: thread.id,
    name: thread.name,
    words: last ? speaker + (last.text.slice(0, 120) || last.attachments?.[0]?.label || '') : '',
    time: last ? timeOf(last.at) : '',
    waiting: thread.waiting,
    status: thread.status,
    unread: thread.id !== selected && isUnread(thread),
    isNew: thread.id !== selected && isNew(thread),
    current: thread.id === selected,
  };
}

function rowElement(row, choose) {
  const button = element(
    'button',
    {
      class: `thread${row.unread ? ' unread' : ''}${row.isNew ? ' new' : ''}`,
      type: 'button',
      'aria-current': String(row.current),
    },
    element('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(row.name)),
    element(
      'span',
      { class: 'thread-lines' },
      line(element('bdi', { class: 'thread-name' }, row.name), element('span', { class: 'thread-time' }, row.time)),
      line(
        element('bdi', { class: 'thread-words' }, row.words),
        element(
          'span',
          { class: 'thread-marks' },
          row.isNew && element('span', { class: 'badge new' }, 'New'),
          !row.isNew && row.waiting && element('span', { class: 'badge waiting' }, 'Waiting'),
          row.unread && element('span', { class: 'visually-hidden' }, 'unread'),
        ),
      ),
    ),
  );
  button.addEventListener('click', () => choose(row.id));
  return element('li', {}, button);
}

const line = (...parts) => element('span', { class: 'thread-line' }, ...parts);
