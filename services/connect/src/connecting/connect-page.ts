import { type Html, html } from '@parley/shared/http/html';
import type { Inbox } from '@parley/shared/hubspot/channels-accounts';
import { page } from '../page.ts';
import type { Connection } from './connection.ts';

/** What an administrator sees who has picked the channel for an inbox: which one it is, and what the button does. */
export const connectPage = ({ accountToken, channelId, portal, redirectUrl }: Connection, inbox: Inbox): Html =>
  page({
    title: 'Connect your chatbot',
    tone: 'good',
    body: html`
    <p>When your chatbot hands a visitor over, the agents here get the conversation:</p>
    <dl>
      <div><dt>${inbox.type === 'HELP_DESK' ? 'Help desk' : 'Inbox'}</dt><dd>${inbox.name}</dd></div>
      <div><dt>HubSpot account</dt><dd>${portal}</dd></div>
    </dl>
    <form method="post" action="/connect">
      ${hidden({ accountToken, channelId, inboxId: inbox.id, portalId: portal, redirectUrl: redirectUrl.href })}
      <label>Name that agents see
        <input name="name" value="Chatbot" maxlength="100" required autofocus autocomplete="off">
      </label>
      <button>Connect</button>
    </form>
    <h2>What happens next</h2>
    <p>HubSpot adds the channel to its settings. Then whoever runs Parley gives it to your chatbot, by a command that
      Parley’s dashboard shows under Accounts, and <code>parley accounts list</code> too.</p>`,
  });

const hidden = (fields: Readonly<Record<string, string>>): readonly Html[] =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
