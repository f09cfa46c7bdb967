import type { Doors } from '../doors.ts';
import { botEvents } from './bot-events.ts';
import { channelWebhooks } from './channel-webhooks.ts';
import { connectInbox } from './connect-inbox.ts';
import { fileLinks } from './file-links.ts';
import { connectPages, oauthCallback } from './install.ts';
import { operatorForms } from './operator-forms.ts';
import type { Property } from './property.ts';
import { signIn } from './sign-in.ts';
import { signatures } from './signatures.ts';
import { threadEvents } from './thread-events.ts';

interface Door {
  readonly what: string;
  /** Of the inputs of a run, by how much there is behind the door. */
  readonly share: number;
  readonly open: (doors: Doors) => Property | Promise<Property>;
}

/** Every route that a stranger can reach. */
export const PROPERTIES: readonly Door[] = [
  { what: 'POST /v1/events', share: 0.32, open: botEvents },
  { what: 'POST /v1/hubspot/channel', share: 0.2, open: channelWebhooks },
  { what: 'POST /v1/hubspot/events', share: 0.1, open: threadEvents },
  { what: 'signatures', share: 0.1, open: signatures },
  { what: 'GET /v1/files', share: 0.08, open: fileLinks },
  { what: 'GET /oauth/callback', share: 0.03, open: oauthCallback },
  { what: 'the pages of connect', share: 0.02, open: connectPages },
  { what: 'the page that connects an inbox', share: 0.03, open: connectInbox },
  { what: 'the sign-in of operators', share: 0.06, open: signIn },
  { what: 'the forms of operators', share: 0.06, open: operatorForms },
];
