import { createChannel, deleteChannel, getChannel, listChannels, patchChannel } from './channels/channels.ts';
import { requireDeveloper as admit } from './channels/developer-key.ts';
import type { OpenEndpoint } from './operations.ts';
import { CHANNELS } from './operations.ts';

/** The v3 specification has the list in a place of its own, where nobody was seen to call it. */
const channels = [...CHANNELS, '/conversations/custom-channels/v3'];
const channel = CHANNELS.map((root) => `${root}/:channelId`);

/** The part that takes no token: the developer's key opens the channels, and the app's own secret its tokens. */
export const OPEN_ENDPOINTS: readonly OpenEndpoint[] = [
  { operation: 'channel', method: 'get', paths: channels, admit, handleOpen: listChannels },
  { operation: 'channel', method: 'post', paths: channels, admit, handleOpen: createChannel },
  { operation: 'channel', method: 'get', paths: channel, admit, handleOpen: getChannel },
  { operation: 'channel', method: 'patch', paths: channel, admit, handleOpen: patchChannel },
  { operation: 'channel', method: 'delete', paths: channel, admit, handleOpen: deleteChannel },
];
