import { createChannel, deleteChannel, getChannel, listChannels, patchChannel } from './channels/channels.ts';
import { requireDeveloper as admit, requireDeveloperOfPath } from './channels/developer-key.ts';
import { getEventSettings, listEventSubscriptions } from './event-subscriptions/event-subscriptions.ts';
import { getTokens } from './oauth/token.ts';
import { introspectToken, revokeToken } from './oauth/token-info.ts';
import type { OpenEndpoint } from './operations.ts';
import { CHANNELS } from './operations.ts';

/** The v3 specification has the list in a place of its own, where nobody was seen to call it. */
const channels = [...CHANNELS, '/conversations/custom-channels/v3'];
const channel = CHANNELS.map((root) => `${root}/:channelId`);

const WEBHOOKS = ['/webhooks/2026-03/:appId', '/webhooks/v3/:appId'];
const eventSettings = WEBHOOKS.map((root) => `${root}/settings`);
const eventSubscriptions = WEBHOOKS.map((root) => `${root}/subscriptions`);

const TOKEN = ['/oauth/2026-03/token', '/oauth/2026-09/token', '/oauth/v3/token'];
const introspect = TOKEN.map((path) => `${path}/introspect`);
const revoke = TOKEN.map((path) => `${path}/revoke`);
/** Ends on 16 February 2027. */
const v1 = ['/oauth/v1/token'];

/** The part that takes no token: the developer's key opens the channels, and the app's own secret its tokens. */
export const OPEN_ENDPOINTS: readonly OpenEndpoint[] = [
  { operation: 'channel', method: 'get', paths: channels, admit, handleOpen: listChannels },
  { operation: 'channel', method: 'post', paths: channels, admit, handleOpen: createChannel },
  { operation: 'channel', method: 'get', paths: channel, admit, handleOpen: getChannel },
  { operation: 'channel', method: 'patch', paths: channel, admit, handleOpen: patchChannel },
  { operation: 'channel', method: 'delete', paths: channel, admit, handleOpen: deleteChannel },
  {
    operation: 'subscription',
    method: 'get',
    paths: eventSettings,
    admit: requireDeveloperOfPath,
    handleOpen: getEventSettings,
  },
  {
    operation: 'subscription',
    method: 'get',
    paths: eventSubscriptions,
    admit: requireDeveloperOfPath,
    handleOpen: listEventSubscriptions,
  },
  { operation: 'token', method: 'post', paths: TOKEN, body: 'form', handleOpen: getTokens },
  { operation: 'token', method: 'post', paths: v1, body: 'form', deprecated: true, handleOpen: getTokens },
  { operation: 'token', method: 'post', paths: introspect, body: 'form', handleOpen: introspectToken },
  { operation: 'token', method: 'post', paths: revoke, body: 'form', handleOpen: revokeToken },
];
