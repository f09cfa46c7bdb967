import { type ActorsClient, createActorsClient } from './actors.ts';
import { createHubSpotApi, type HubSpotAccess } from './api.ts';
import { type Channel, type ChannelMessagesClient, createChannelMessagesClient } from './channel-messages.ts';
import { type ContactsClient, createContactsClient } from './contacts.ts';
import { createOriginalContentClient, type OriginalContentClient } from './original-content.ts';
import { createThreadReader, type ThreadReader } from './thread-reader.ts';
import { createThreadsClient, type ThreadsClient } from './threads.ts';

/** Below the 15 s for which a worker holds its job, with time left to record the outcome. */
const TIMEOUT_MS = 10_000;

export type HubSpotClientSettings = Omit<HubSpotAccess, 'timeoutMs'> & Channel & { readonly timeoutMs?: number };

/**
 * All that Parley says to HubSpot, for one channel account. Every method makes each of its calls once, within `timeoutMs` and the
 * portal's rate budget, and throws a RetryableError or a TerminalError whose message names the ids and what HubSpot said.
 */
export type HubSpotClient = ActorsClient &
  ContactsClient &
  ChannelMessagesClient &
  OriginalContentClient &
  ThreadsClient &
  ThreadReader;

export function createHubSpotClient({ timeoutMs = TIMEOUT_MS, ...settings }: HubSpotClientSettings): HubSpotClient {
  const api = createHubSpotApi({ ...settings, timeoutMs });
  return {
    ...createActorsClient(api),
    ...createContactsClient(api),
    ...createChannelMessagesClient(api, settings),
    ...createOriginalContentClient(api),
    ...createThreadsClient(api),
    ...createThreadReader(api, settings),
  };
}
