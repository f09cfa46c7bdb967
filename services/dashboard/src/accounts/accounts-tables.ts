import type { Account, ClaimedAccount, Told } from '@parley/shared/accounts/account';
import { type Html, html } from '@parley/shared/http/html';
import { number, time } from '../page/words.ts';
import type { UnclaimedAccount } from './standing.ts';

export const claimedTable = (accounts: readonly ClaimedAccount[]): Html =>
  table(['Account', 'Portal', 'Inbox', 'In HubSpot', 'Bot', 'What to do'], accounts.map(claimedRow));

export const unclaimedTable = (accounts: readonly UnclaimedAccount[]): Html =>
  table(['Account', 'Portal', 'Inbox', 'In HubSpot', 'Webhooks', 'What to do'], accounts.map(unclaimedRow));

const table = (columns: readonly string[], rows: readonly Html[]): Html => html`
  <div class="scroll" role="region" aria-label="Channel accounts" tabindex="0">
    <table class="accounts">
      <thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${rows}</tbody>
    </table>
  </div>`;

const claimedRow = (account: ClaimedAccount): Html => html`
  <tr>
    ${inHubSpot(account)}
    <td data-label="Bot">${new URL(account.bot.callbackUrl).host}${
      account.bot.disabledAt !== undefined &&
      html`<br><span class="badge warn">disabled</span><br><span class="muted">since ${time(account.bot.disabledAt)}</span>`
    }</td>
    <td class="reason">${remedyOf(account)}</td>
  </tr>`;

const unclaimedRow = (account: UnclaimedAccount): Html => html`
  <tr>
    ${inHubSpot(account)}
    <td data-label="Webhooks">${account.webhooks > 0 ? html`<span class="bad-ink">${number(account.webhooks)}</span>` : '0'}</td>
    <td class="reason">Give it to a bot: <code>npm run parley -- accounts add --portal ${account.portal} --account ${account.account} --callback-url …</code></td>
  </tr>`;

const TONES: Readonly<Record<Told['state'], 'good' | 'bad'>> = {
  active: 'good',
  inactive: 'bad',
  unauthorized: 'bad',
  archived: 'bad',
  gone: 'bad',
};

const inHubSpot = ({ account, portal, told }: Account): Html => html`
  <td class="named">${told?.name && html`${told.name}<br>`}<span class="id">${account}</span></td>
  <td data-label="Portal"><span class="id">${portal}</span></td>
  <td data-label="Inbox"><span class="id">${told?.inboxId ?? '–'}</span></td>
  <td>${
    told
      ? html`<span class="badge ${TONES[told.state]}">${told.state}</span><br><span class="muted">${time(told.at)}</span>`
      : html`<span class="badge plain" title="HubSpot speaks of an account when it changes; parley doctor asks.">not told yet</span>`
  }</td>`;

/** By whom and where the account is brought back. */
function remedyOf({ account, bot, told }: ClaimedAccount): Html | undefined {
  if (bot.disabledAt !== undefined || told?.state === 'unauthorized')
    return html`Take it back into use: <code>npm run parley -- accounts enable --account ${account}</code>`;
  switch (told?.state) {
    case 'inactive':
      return html`An administrator switches it on in HubSpot: Settings &gt; Inbox &amp; Help Desk &gt; the inbox &gt; Channels.`;
    case 'archived':
      return html`Restore it in HubSpot, or add another one: <code>npm run parley -- accounts add</code>`;
    case 'gone':
      return html`HubSpot has deleted it. Add another one: <code>npm run parley -- accounts add</code>`;
    case 'active':
    case undefined:
      return undefined;
  }
}
