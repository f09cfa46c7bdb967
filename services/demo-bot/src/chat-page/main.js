import { connect } from './connection.js';
import { listenToVisitor } from './input.js';
import { show, showAll, toBottom } from './lines.js';
import { reportReading } from './reading.js';
import { showOffline, showWho } from './who.js';

const at = (id) => document.getElementById(id);
const lines = new Map();
let mode = 'bot';

function showState() {
  const spoken = [...lines.values()].filter((line) => line.from === 'agent');
  showWho(mode, spoken.at(-1)?.agentName ?? 'Agent');
  const unread = spoken.filter((line) => !line.read).length;
  at('unread').textContent = `${unread} new`;
  at('unread').hidden = unread === 0;
}

const conversation = await connect({
  all(everything) {
    lines.clear();
    for (const line of everything.lines) lines.set(line.id, line);
    mode = everything.mode;
    showState();
    showAll(everything.lines);
  },
  line(line) {
    lines.set(line.id, line);
    if (line.from === 'agent') showState();
    show(line);
  },
  mode(next) {
    if (next === mode) return;
    const formComesOrGoes = next === 'asking' || mode === 'asking';
    mode = next;
    showState();
    toBottom();
    if (formComesOrGoes) at(mode === 'asking' ? 'name' : 'text').focus();
  },
  offline: showOffline,
});

reportReading(conversation.read);
listenToVisitor(conversation);

at('minimize').addEventListener('click', () => {
  at('chat').hidden = true;
  at('launcher').hidden = false;
  at('launcher').focus();
});

for (const button of document.querySelectorAll('[data-open-chat]')) {
  button.addEventListener('click', () => {
    at('chat').hidden = false;
    at('launcher').hidden = true;
    toBottom();
    at('text').focus();
  });
}
