import { type Html, html } from '@parley/shared/http/html';
import { conversationOf } from '@parley/shared/queues/lane';
import { counted, duration, number } from '../page/words.ts';
import type { Retry } from './retry.ts';
import type { WaitingLane } from './survey-queue.ts';

export type LaneRow = WaitingLane & { readonly retry: Retry | undefined };

const STATES: Record<WaitingLane['state'], { word: string; tone: 'good' | 'plain' | 'warn'; meaning: string }> = {
  live: { word: 'delivering', tone: 'good', meaning: 'It has its turn, or begins it in a moment.' },
  away: { word: 'retrying', tone: 'warn', meaning: 'Its next message failed and waits for the next attempt.' },
  waiting: { word: 'in line', tone: 'plain', meaning: 'Other conversations of the account have their turn first.' },
  kick: { word: 'starting', tone: 'plain', meaning: 'A turn is free for it and will be given within seconds.' },
  lost: {
    word: 'stranded',
    tone: 'warn',
    meaning: 'Its turn was lost; the sweeper gives it a new one within seconds.',
  },
};

export const lanesTable = ({ rows, now }: { rows: readonly LaneRow[]; now: number }): Html => html`
  <div class="scroll" role="region" aria-label="Lanes" tabindex="0">
    <table>
      <thead><tr><th scope="col">Conversation</th><th scope="col">State</th><th scope="col" class="number">Depth</th><th scope="col" class="number">Waiting</th><th scope="col">Last failure</th></tr></thead>
      <tbody>${rows.map((row) => laneRow(row, now))}</tbody>
    </table>
  </div>`;

const PAUSED: (typeof STATES)['live'] = {
  word: 'waiting',
  tone: 'warn',
  meaning: 'It was asked to come later, which costs no attempt: see the notice about its portal.',
};

function laneRow({ lane, state, depth, headAcceptedAt, retry }: LaneRow, now: number): Html {
  const { word, tone, meaning } = state === 'live' && retry?.waits ? PAUSED : STATES[state];
  return html`
    <tr>
      <td class="id">${conversationOf(lane)}</td>
      <td><span class="badge ${tone}" title="${meaning}">${word}</span></td>
      <td class="number" data-label="Depth">${number(depth)}</td>
      <td class="number" data-label="Waiting">${duration(now - headAcceptedAt)}</td>
      <td class="reason">${retry && retry.attempts > 0 && html`${retry.reason ?? ''} <span class="muted">· ${counted(retry.attempts, 'attempt')}</span>`}</td>
    </tr>`;
}
