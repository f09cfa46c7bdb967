import { type Html, html } from '@parley/shared/http/html';
import type { PortalPause } from '@parley/shared/hubspot/rate-budget';
import { accountsNotice } from '../accounts/accounts-notice.ts';
import type { Standing } from '../accounts/standing.ts';
import { operatorPage } from '../page/layout.ts';
import { duration, number, time } from '../page/words.ts';
import { type LaneRow, lanesTable } from './lanes-table.ts';
import { pausesNotice } from './pauses-notice.ts';
import type { QueueSurvey } from './survey-queue.ts';

type Survey = QueueSurvey & { readonly rows: readonly LaneRow[] };

/** What each queue is for, in the words of the people it serves. */
const PURPOSES: Record<string, string> = {
  'visitor-messages': 'From visitors to the agents in HubSpot',
  'agent-messages': 'From the agents to the bot',
  'delivery-reports': 'Sent, read and failed, to HubSpot',
  comments: 'Transcripts and notes to the agents',
};

export const overviewPage = (parts: {
  surveys: readonly Survey[];
  pauses: readonly PortalPause[];
  standing: Standing;
  operator: string;
  fresh: boolean;
  now: number;
}): Html => {
  const { surveys, pauses, standing, operator, fresh, now } = parts;
  const filled = surveys.filter(({ rows }) => rows.length > 0);
  return operatorPage({
    title: 'Overview',
    here: '/',
    operator,
    body: html`
      <div class="title">
        <h1>Overview</h1>
        <p class="muted">As of ${time(now)} ·
          ${fresh ? html`<a href="/">Hold still</a>` : html`<a href="/">Refresh</a> · <a href="/?fresh=yes">Every 5 s</a>`}
        </p>
      </div>
      ${pausesNotice(pauses, now)}
      ${accountsNotice(standing)}
      <div class="queues">${surveys.map((survey) => queueCard(survey, now))}</div>
      ${
        filled.length === 0
          ? html`<div class="card"><p class="empty">Nothing waits: every message that was accepted is delivered, or is a dead letter.</p></div>`
          : filled.map((survey) => lanesSection(survey, now))
      }`,
  });
};

function queueCard({ queue, lanes, complete, deadLetters }: Survey, now: number): Html {
  const more = complete ? '' : '+';
  const deepest = Math.max(0, ...lanes.map((lane) => lane.depth));
  const oldest = lanes[0];
  return html`
    <section class="card queue" aria-label="${queue}">
      <h2><a href="/queues/queue/${queue}">${queue}</a></h2>
      <p class="muted">${PURPOSES[queue]}</p>
      <dl>
        <div><dt>Conversations waiting</dt><dd>${number(lanes.length)}${more}</dd></div>
        <div><dt>Deepest lane</dt><dd>${number(deepest)}</dd></div>
        <div><dt>Oldest message</dt><dd>${oldest ? duration(now - oldest.headAcceptedAt) : '–'}</dd></div>
        <div><dt>Dead letters</dt><dd>${
          deadLetters > 0
            ? html`<a class="bad-ink" href="/dead-letters?queue=${queue}">${number(deadLetters)}</a>`
            : html`0`
        }</dd></div>
      </dl>
    </section>`;
}

const lanesSection = ({ queue, lanes, rows, complete }: Survey, now: number): Html => html`
  <section class="card">
    <div class="section-title">
      <h2>${queue}</h2>
      ${rows.length < lanes.length && html`<p class="muted">The ${rows.length} of ${number(lanes.length)}${complete ? '' : '+'} conversations that wait longest</p>`}
    </div>
    ${lanesTable({ rows, now })}
  </section>`;
