import { control } from './control.js';
import { byId, element, showList } from './element.js';
import { whatIsWrong } from './what-is-wrong.js';

/** The faults that a click arms. `counts` tells how many calls or webhooks each still waits for. */
const FAULTS = [
  {
    id: 'rate-limit',
    title: 'Next two calls answer 429',
    about: 'Too many requests, Parley must wait',
    arm: () => control('/faults', { kind: 'answer', status: 429, times: 2 }),
    counts: ({ faults }) => calls(faults.filter(({ kind, status }) => kind === 'answer' && status === 429)),
  },
  {
    id: 'lose-answer',
    title: 'Lose the answer after storing',
    about: 'Parley cannot know that it arrived',
    arm: () => control('/faults', { kind: 'lose-answer', operation: 'publish' }),
    counts: ({ faults }) => calls(faults.filter(({ kind }) => kind === 'lose-answer')),
  },
  {
    id: 'duplicate',
    title: 'Send the next webhook twice',
    about: 'Parley must pass it on once',
    arm: () => control('/webhooks/trouble', { kind: 'duplicate', target: 'channel' }),
    counts: ({ trouble }) => calls(trouble.filter(({ kind }) => kind === 'duplicate')),
  },
  {
    id: 'late',
    title: 'Deliver the next webhook late',
    about: 'By eight seconds. Write again meanwhile: HubSpot itself breaks the order',
    arm: () => control('/webhooks/trouble', { kind: 'late', target: 'channel', delayMs: 8_000 }),
    counts: ({ trouble, lateWebhooks }) => calls(trouble.filter(({ kind }) => kind === 'late')) + lateWebhooks,
  },
];

const calls = (armed) => armed.reduce((sum, { times }) => sum + (times ?? 1), 0);

export function startFaults() {
  byId('clear-faults').addEventListener('click', () => void control('/faults/clear'));
  byId('down').addEventListener('click', ({ currentTarget }) => {
    void control(currentTarget.getAttribute('aria-checked') === 'true' ? '/up' : '/down');
  });
}

/** The buttons, and in the banner what is wrong at the moment. */
export function showFaults(inbox) {
  byId('down').setAttribute('aria-checked', String(inbox.down));
  const rows = FAULTS.map((fault) => ({ ...fault, count: fault.counts(inbox) }));
  showList(byId('faults'), rows, faultButton);
  const wrong = whatIsWrong(inbox);
  byId('banner').hidden = wrong.length === 0;
  byId('banner-text').textContent = wrong.join(' · ');
}

function faultButton({ title, about, count, arm }) {
  const button = element(
    'button',
    { class: `fault${count > 0 ? ' armed' : ''}`, type: 'button' },
    element('span', {}, element('b', {}, title), element('small', {}, about)),
    count > 0 && element('span', { class: 'fault-count' }, String(count)),
  );
  button.addEventListener('click', () => void arm());
  return button;
}
