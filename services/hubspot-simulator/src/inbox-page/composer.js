import { attachmentOf, startChosenFiles } from './chosen-files.js';
import { control } from './control.js';
import { byId } from './element.js';

const AGENT = 'simulator-agent';
const MODES = {
  reply: { label: 'Reply to the visitor', placeholder: 'Write a reply', send: 'Send' },
  comment: { label: 'Comment for agents', placeholder: 'Write a note that only agents see', send: 'Add comment' },
};

/** Where the agent writes. `current` gives the id of the thread that is shown. */
export function startComposer(current) {
  const composer = byId('composer');
  const words = byId('words');
  const agent = byId('agent');
  const files = startChosenFiles();
  let mode = 'reply';
  agent.value = localStorage.getItem(AGENT) ?? 'Leslie K';
  agent.addEventListener('change', () => localStorage.setItem(AGENT, agent.value));

  for (const button of composer.querySelectorAll('[data-mode]'))
    button.addEventListener('click', () => {
      mode = button.dataset.mode;
      for (const other of composer.querySelectorAll('[data-mode]'))
        other.setAttribute('aria-pressed', String(other === button));
      composer.classList.toggle('comment', mode === 'comment');
      byId('words-label').textContent = MODES[mode].label;
      words.placeholder = MODES[mode].placeholder;
      byId('send').textContent = MODES[mode].send;
      words.focus();
    });

  words.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    composer.requestSubmit();
  });
  const send = async (threadId, text) => {
    const chosen = mode === 'reply' ? files.list() : [];
    words.value = '';
    if (mode === 'reply') files.set([]);
    const attachments = await Promise.all(chosen.map(attachmentOf));
    const said = { text, agent: agent.value.trim(), ...(attachments.length > 0 && { attachments }) };
    if (await control(`/threads/${threadId}/${mode}`, said)) return;
    words.value = text;
    if (chosen.length > 0) files.set(chosen);
  };
  composer.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = words.value.trim();
    const threadId = current();
    const something = text !== '' || (mode === 'reply' && files.list().length > 0);
    if (something && threadId !== undefined) void send(threadId, text);
  });
  return { agentName: () => agent.value.trim() || undefined, focus: () => words.focus() };
}
