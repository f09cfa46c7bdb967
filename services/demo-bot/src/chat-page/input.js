import { Refused } from './connection.js';
import { keepDetails } from './kept-details.js';
import { isTooLong, showRoom } from './room.js';

const at = (id) => document.getElementById(id);
const text = at('text');
const details = at('details');

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
  if (words.trim() === '' || isTooLong(words)) return;
  write('');
  if (!(await attempt(() => conversation.say(words)))) write(words);
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
  const problem = at('problem');
  problem.hidden = true;
  try {
    await action();
    return true;
  } catch (error) {
    const refused = error instanceof Refused;
    if (refused) showFieldErrors(error.errors);
    problem.textContent = refused ? error.message : 'No connection. Please try again in a moment.';
    problem.hidden = refused && Object.keys(error.errors).length > 0 && !details.hidden;
    return false;
  }
}

function showFieldErrors(errors) {
  for (const field of ['name', 'email', 'phone']) {
    at(`${field}-error`).textContent = errors[field] ?? '';
    at(field).ariaInvalid = String(field in errors);
  }
  const first = Object.keys(errors)[0];
  if (first) at(first)?.focus();
}
