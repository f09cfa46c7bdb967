import { type Html, html } from '@parley/shared/http/html';
import type { DeadLetter } from '@parley/shared/queues/dead-letters';
import { conversationOf } from '@parley/shared/queues/lane';
import { counted, duration, time } from '../page/words.ts';
import { messageWords } from './message-words.ts';

export type ListedLetter = DeadLetter & { readonly id: string };

export function letterCard(parts: {
  letter: ListedLetter;
  queue: string;
  page: number;
  now: number;
  problem: string | undefined;
}): Html {
  const { letter, queue, page, now, problem } = parts;
  const { what, text, whole } = messageWords(letter.message);
  const action = `/dead-letters/${queue}/${letter.id}`;
  const describedBy = `problem-${letter.id}`;
  return html`
    <article class="card letter">
      <header>
        <span class="badge bad">${what}</span>
        <span class="muted">died ${duration(now - letter.diedAt)} ago · ${time(letter.diedAt)}</span>
      </header>
      <p class="reason">${letter.reason}</p>
      <dl class="facts">
        <div><dt>Conversation</dt><dd class="id">${conversationOf(letter.lane)}</dd></div>
        <div><dt>Event</dt><dd class="id">${letter.eventId}</dd></div>
        <div><dt>Attempts</dt><dd>${letter.attempts === 0 ? 'none was finished' : counted(letter.attempts, 'attempt')}</dd></div>
        <div><dt>Accepted</dt><dd>${time(letter.acceptedAt)}</dd></div>
      </dl>
      <details>
        <summary>Read the message</summary>
        ${text !== undefined && html`<blockquote dir="auto">${text}</blockquote>`}
        <pre dir="auto">${whole}</pre>
      </details>
      <footer>
        <form method="post" action="${action}/replay"><button class="primary">Replay</button></form>
        <details class="discard" ${problem !== undefined && html`open`}>
          <summary>Discard …</summary>
          <form method="post" action="${action}/discard?page=${page}">
            <label>Why may it be forgotten?
              <input name="reason" required maxlength="300" autocomplete="off" ${
                problem !== undefined && html`aria-invalid="true" aria-describedby="${describedBy}" autofocus`
              }>
            </label>
            <button class="danger">Discard for good</button>
            ${problem !== undefined && html`<p class="bad-ink" id="${describedBy}" role="alert">${problem}</p>`}
          </form>
        </details>
      </footer>
    </article>`;
}
