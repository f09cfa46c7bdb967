import { randomBytes } from 'node:crypto';
import type { Announce } from '../webhooks/webhook-events.ts';
import type { App } from './app.ts';
import type { Changes } from './changes.ts';
import type { Ids } from './ids.ts';
import { createIds } from './ids.ts';
import type { AuthCode, Install } from './installs.ts';
import type { Channel, FileHost, Grant, Portal, Thread } from './portal.ts';
import { createPortal } from './portal.ts';
import type { Settings } from './settings.ts';

/** All that is HubSpot here: the accounts of its customers, and what apps share between them. */
export interface HubSpot {
  readonly app: App;
  readonly ids: Ids;
  readonly settings: Settings;
  readonly changes: Changes;
  readonly announce: Announce;
  readonly fileHost: FileHost;
  readonly channels: Map<string, Channel>;
  readonly portals: Map<string, Portal>;
  /** Consents that await their exchange, by code. */
  readonly codes: Map<string, AuthCode>;
  /** By refresh token. */
  readonly installs: Map<string, Install>;
}

export const createHubSpot = (
  parts: Pick<HubSpot, 'app' | 'settings' | 'changes' | 'announce' | 'channels'>,
): HubSpot => ({
  ...parts,
  ids: createIds(),
  fileHost: { url: '', key: randomBytes(32) },
  portals: new Map(),
  codes: new Map(),
  installs: new Map(),
});

/** Opens one more account, with nothing in it. */
export function openPortal(hubspot: HubSpot, id: string): Portal {
  if (hubspot.portals.has(id)) throw new Error(`there is a portal ${id} already`);
  const portal = createPortal(id, hubspot);
  hubspot.portals.set(id, portal);
  return portal;
}

/** The account that an access token was granted in, and what it grants. */
export function granted(hubspot: HubSpot, token: string): { portal: Portal; grant: Grant } | undefined {
  for (const portal of hubspot.portals.values()) {
    const grant = portal.grants.get(token);
    if (grant) return { portal, grant };
  }
  return undefined;
}

export const allThreads = ({ portals }: HubSpot): Thread[] =>
  [...portals.values()].flatMap(({ threads }) => [...threads.values()]);

/** Thread ids are unique in all of HubSpot. Throws when there is no such thread. */
export function findThread(hubspot: HubSpot, id: string): { portal: Portal; thread: Thread } {
  for (const portal of hubspot.portals.values()) {
    const thread = portal.threads.get(id);
    if (thread) return { portal, thread };
  }
  throw new Error(`there is no thread ${id}`);
}
