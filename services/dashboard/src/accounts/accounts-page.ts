import { type Html, html } from '@parley/shared/http/html';
import type { LapsedConsent } from '@parley/shared/hubspot/oauth/installs';
import { operatorPage } from '../page/layout.ts';
import { time } from '../page/words.ts';
import { claimedTable, unclaimedTable } from './accounts-tables.ts';
import type { Standing } from './standing.ts';

export const accountsPage = ({ standing, operator }: { standing: Standing; operator: string }): Html => {
  const { claimed, unclaimed, lapsed } = standing;
  return operatorPage({
    title: 'Accounts',
    here: '/accounts',
    operator,
    body: html`
      <div class="title">
        <h1>Accounts</h1>
        <p class="muted">The connections of the channel to HubSpot's inboxes, and the bot that each belongs to.</p>
      </div>
      ${lapsed.map(lapsedNotice)}
      ${
        claimed.length === 0
          ? html`<div class="card"><p class="empty">No bot has a channel account yet: <code>npm run parley -- accounts add</code></p></div>`
          : html`<section class="card" aria-label="Accounts of bots">${claimedTable(claimed)}</section>`
      }
      ${
        unclaimed.length > 0 &&
        html`
          <section class="card">
            <div class="section-title">
              <h2>Accounts that no bot has</h2>
              <p class="muted">What agents write into them reaches nobody.</p>
            </div>
            ${unclaimedTable(unclaimed)}
          </section>`
      }`,
  });
};

const lapsedNotice = ({ portal, since, reason }: LapsedConsent): Html => html`
  <p class="notice bad" role="status">Portal ${portal} took its consent back, ${time(since)}: ${reason}.
    Its messages wait until an administrator of it opens <code>&lt;CONNECT_URL&gt;/install</code>.</p>`;
