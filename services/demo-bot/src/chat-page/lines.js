import { linkTo, withLinks } from './links.js';

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
/** What failed may have arrived all the same, when an answer was lost: the words are true either way. */
const DELIVERY = { sending: 'Sending…', sent: 'Sent', failed: 'Our team may not have seen this' };
const list = document.getElementById('lines');
/** The lines that are shown, by id. */
const elements = new Map();

/** Does the visitor look at the newest line? Then it stays in view when lines come or the form takes room. */
let atNewest = true;
list.addEventListener('scroll', () => {
  atNewest = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
});
new ResizeObserver(() => atNewest && toBottom()).observe(list);

export function showAll(lines) {
  elements.clear();
  list.replaceChildren();
  for (const line of lines) place(line);
  toBottom();
}

/** Adds the line, or changes the one of this id. */
export function show(line) {
  place(line);
  if (atNewest || line.from === 'visitor') toBottom();
}

export const toBottom = () => list.scrollTo({ top: list.scrollHeight });

function place(line) {
  const element = elements.get(line.id) ?? append(line);
  element.className = `line ${line.from} ${line.delivery ?? ''}`;
  if (line.messageId && !line.read) element.dataset.unread = line.messageId;
  else delete element.dataset.unread;
  const meta = element.querySelector('.meta');
  if (meta) meta.textContent = metaOf(line);
  group(element);
  if (element.previousElementSibling) group(element.previousElementSibling);
}

/** What people wrote goes in as text only, never as HTML. */
function append(line) {
  const element = make('div', 'line', line.from === 'note' ? line.text : '');
  element.dataset.author = `${line.from} ${line.agentName ?? ''}`;
  if (line.from !== 'note') {
    const bubble = make('p', 'bubble');
    bubble.dir = 'auto';
    bubble.append(...withLinks(line.text), ...(line.files ?? []).map(fileLink));
    const name = make('p', 'name', { bot: 'Fern, bot', agent: line.agentName }[line.from] ?? 'You');
    element.append(name, avatarOf(line), bubble, make('p', 'meta'));
  }
  list.append(element);
  elements.set(line.id, element);
  return element;
}

/** A file of the agent's, on a line of its own. The address is Parley's. */
function fileLink({ name, url }) {
  const link = linkTo(url, name);
  link.className = 'file';
  return link;
}

function metaOf({ at, delivery }) {
  const clock = time.format(new Date(at));
  return delivery ? `${clock} · ${DELIVERY[delivery]}` : clock;
}

export function avatarOf({ from, agentName }) {
  const avatar = make('span', `avatar avatar-${from}`, from === 'agent' ? initialOf(agentName) : '');
  avatar.ariaHidden = 'true';
  if (from === 'bot') avatar.append(document.querySelector('.brand svg').cloneNode(true));
  return avatar;
}

const initialOf = (name = '') => (name.match(/\p{L}/u)?.[0] ?? 'A').toUpperCase();

/** Only the first of several lines by one author carries the name, only the last one the time. */
function group(element) {
  const { author } = element.dataset;
  element.classList.toggle('first', element.previousElementSibling?.dataset.author !== author);
  element.classList.toggle('last', element.nextElementSibling?.dataset.author !== author);
}

function make(tag, className, text = '') {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
