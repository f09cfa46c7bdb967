import { channelMessageOperations } from './channel-messages.ts';
import { channelOperations } from './channels.ts';
import { contactOperations } from './contacts.ts';
import { conversationOperations } from './conversations.ts';
import { eventSubscriptionOperations } from './event-subscriptions.ts';
import { fileOperations } from './files.ts';
import { oauthOperations } from './oauth.ts';
import type { Operation } from './operation.ts';

/** All that Parley may ask of HubSpot. A call of another kind begins with its operation here. */
export const STATEMENT: readonly Operation[] = [
  ...channelMessageOperations,
  ...channelOperations,
  ...conversationOperations,
  ...eventSubscriptionOperations,
  ...contactOperations,
  ...fileOperations,
  ...oauthOperations,
];
