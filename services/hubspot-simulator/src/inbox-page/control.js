import { byId } from './element.js';

/** Does something to the simulator. What it changes comes back through the live updates; a refusal is shown. */
export async function control(path, body = {}) {
  try {
    const response = await fetch(`/control${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) complain(`That did not work: ${(await response.json()).message}`);
    return response.ok;
  } catch {
    complain('The simulator does not answer.');
    return false;
  }
}

let hiding;
function complain(text) {
  const toast = byId('toast');
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    toast.hidden = true;
  }, 6_000);
}

/** Calls `show` with the whole inbox at once and after each change. The browser comes back by itself when the line breaks. */
export function follow(show) {
  const live = byId('live');
  const stream = new EventSource('/control/stream');
  const say = (text, on) => {
    live.textContent = text;
    live.dataset.on = String(on);
  };
  stream.addEventListener('open', () => say('Live', true));
  stream.addEventListener('error', () => say('Reconnecting', false));
  stream.addEventListener('message', ({ data }) => show(JSON.parse(data)));
}
