import { attachmentElements } from './attachments.js';
import { byId, element, showList, timeOf } from './element.js';

/** The thread in the middle, or the word that none is chosen. */
export function showConversation(thread) {
  byId('nothing').hidden = thread !== undefined;
  byId('open-thread').hidden = thread === undefined;
  if (!thread) return;
  const open = thread.status === 'OPEN';
  byId('visitor-name').textContent = thread.name;
  const state = thread.waiting ? ['waiting', 'Waiting'] : open ? ['open', 'Open'] : ['', 'Closed'];
  byId('thread-facts').replaceChildren(
    ...(thread.assignedTo ? ['With ', element('bdi', {}, thread.assignedTo)] : ['Not assigned']),
    element('span', { class: `badge ${state[0]}` }, state[1]),
  );
  byId('open-or-close').textContent = open ? 'Close' : 'Reopen';
  byId('composer').hidden = !open;
  byId('closed-note').hidden = open;

  const list = byId('messages');
  const another = list.dataset.thread !== thread.id;
  const atEnd = another || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  list.dataset.thread = thread.id;
  showList(list, thread.messages, messageElement);
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function messageElement(message) {
  if (message.kind === 'system')
    return element('li', { class: 'message system' }, `${message.text} · ${timeOf(message.at)}`);
  const note = message.kind === 'comment' ? 'private note' : undefined;
  const delivery = message.kind === 'agent' ? deliveryOf(message) : undefined;
  return element(
    'li',
    { class: `message ${message.kind}${message.status === 'FAILED' ? ' failed' : ''}` },
    element(
      'div',
      { class: 'message-head' },
      element('b', { dir: 'auto' }, message.name ?? 'Visitor'),
      note,
      element('time', { datetime: message.at }, timeOf(message.at)),
    ),
    message.text !== '' && element('div', { class: 'bubble', dir: 'auto' }, message.text),
    ...attachmentElements(message.attachments ?? []),
    delivery && element('div', { class: `delivery ${delivery[0]}` }, delivery[1]),
  );
}

/** HubSpot counts a reply as sent at once; only a delivery report tells that it was. */
function deliveryOf({ status, reason, reported }) {
  if (!reported) return ['', '○ On its way'];
  if (status === 'FAILED') return ['failed', `! Failed${reason ? `: ${reason}` : ''}`];
  return status === 'READ' ? ['read', '✓✓ Read'] : ['sent', '✓ Sent'];
}
