import { chooseFiles } from './chosen-files.js';
import { Refused } from './connection.js';
import { keepDetails } from './kept-details.js';
import { isTooLong, showRoom } from './room.js';

const at = (id) => document.getElementById(id);
const text = at('text');
const details = at('details');
const files = chooseFiles(showProblem);

/** Lets the visitor write, ask for a person and leave, by the functions of `conversation`. */
export function listenToVisitor(conversation) {
  at('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    void say(conversation);
  });

  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    at('composer').requestSubmit();
  });

  text.addEventListener('input', () => showRoom(text));
  keepDetails(details);

  for (const button of document.querySelectorAll('[data-say]')) {
    button.addEventListener('click', () => void attempt(() => conversation.say(button.dataset.say)));
  }

  details.addEventListener('submit', (event) => {
    event.preventDefault();
    void requestAgent(conversation);
  });

  at('end').addEventListener('click', () => {
    // The button goes away with the agents.
    text.focus();
    void attempt(() => conversation.end());
  });
}

async function say(conversation) {
  const words = text.value;
  const chosen = files.list();
  if ((words.trim() === '' && chosen.length === 0) || isTooLong(words) || at('composer').ariaBusy === 'true') return;
  if (chosen.length > 0) return sayWithFiles(conversation, words, chosen);
  write('');
  if (!(await attempt(() => conversation.say(words)))) write(words);
}

/** All of it stays in view until it is sent, since files take their time. */
async function sayWithFiles(conversation, words, chosen) {
  showBusy(true);
  const sent = await attempt(() => conversation.say(words, chosen));
  showBusy(false);
  if (!sent) return;
  write('');
  files.set([]);
}

function showBusy(isBusy) {
  at('composer').ariaBusy = String(isBusy);
  at('chosen-status').textContent = isBusy ? 'Sending files' : '';
  text.readOnly = isBusy;
  at('files').disabled = isBusy;
}

function write(words) {
  text.value = words;
  showRoom(text);
}

async function requestAgent(conversation) {
  showFieldErrors({});
  await attempt(() => conversation.requestAgent(Object.fromEntries(new FormData(details))));
}

/** Resolves with whether it worked; when not, the page says why. */
async function attempt(action) {
  showProblem('');
  try {
    await action();
    return true;
  } catch (error) {
    const errors = error instanceof Refused ? error.errors : {};
    const [first] = Object.values(errors);
    if (first && !details.hidden) showFieldErrors(errors);
    else if (error instanceof Refused) showProblem(first ?? error.message);
    else showProblem('No connection. Please try again in a moment.');
    return false;
  }
}

function showProblem(words) {
  at('problem').textContent = words;
  at('problem').hidden = words === '';
}

function showFieldErrors(errors) {
  for (const field of ['name', 'email', 'phone']) {
    at(`${field}-error`).textContent = errors[field] ?? '';
    at(field).ariaInvalid = String(field in errors);
  }
  const first = Object.keys(errors)[0];
  if (first) at(first)?.focus();
}
