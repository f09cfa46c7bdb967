import { type Html, html } from '@parley/shared/http/html';
import { operatorPage } from '../page/layout.ts';
import { number } from '../page/words.ts';
import { type ListedLetter, letterCard } from './letter-card.ts';
import { type Outcome, sentenceOf } from './outcome.ts';

/** Why a letter was not discarded. */
export interface Objection {
  readonly id: string;
  readonly problem: string;
}

interface Tab {
  readonly graveyard: { readonly queue: string };
  readonly count: number;
}

export const deadLettersPage = (parts: {
  tabs: readonly Tab[];
  /** The one of them that is shown. */
  tab: Tab;
  letters: readonly ListedLetter[];
  page: number;
  last: number;
  operator: string;
  now: number;
  outcome?: Outcome | undefined;
  objection?: Objection;
}): Html => {
  const { tabs, tab, letters, page, last, operator, now, outcome, objection } = parts;
  const { queue } = tab.graveyard;
  return operatorPage({
    title: 'Dead letters',
    here: '/dead-letters',
    operator,
    body: html`
      <div class="title">
        <h1>Dead letters</h1>
        <p class="muted">Messages that were given up. Replay puts one back where it stood; discard forgets it for good.</p>
      </div>
      ${outcome && html`<p class="notice ${outcome.outcome === 'gone' ? 'warn' : 'good'}" role="status">${sentenceOf(outcome)}</p>`}
      <nav class="tabs" aria-label="Queues">${tabs.map((each) => tabLink(each, each === tab))}</nav>
      ${
        letters.length === 0
          ? html`<div class="card"><p class="empty">No dead letters in ${queue}. Nothing here needs you.</p></div>`
          : letters.map((letter) =>
              letterCard({
                letter,
                queue,
                page,
                now,
                problem: letter.id === objection?.id ? objection.problem : undefined,
              }),
            )
      }
      ${last > 1 && pager({ queue, page, last })}`,
  });
};

const tabLink = ({ graveyard: { queue }, count }: Tab, shown: boolean): Html =>
  html`<a href="/dead-letters?queue=${queue}" ${shown && html`aria-current="page"`}>${queue}
    <span class="count ${count > 0 && 'some'}">${number(count)}</span></a>`;

function pager({ queue, page, last }: { queue: string; page: number; last: number }): Html {
  const link = (to: number, word: string) => html`<a href="/dead-letters?queue=${queue}&amp;page=${to}">${word}</a>`;
  return html`
    <nav class="pager" aria-label="Pages">
      ${page > 1 ? link(page - 1, '← Newer') : html`<span></span>`}
      <span class="muted">Page ${number(page)} of ${number(last)}</span>
      ${page < last ? link(page + 1, 'Older →') : html`<span></span>`}
    </nav>`;
}
