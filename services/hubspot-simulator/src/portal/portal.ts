import type { Announce } from '../webhooks/webhook-events.ts';
import type { Changes } from './changes.ts';
import type { StagingToken } from './connecting.ts';
import type { StoredFile } from './file-store.ts';
import type { Ids } from './ids.ts';
import type { Settings } from './settings.ts';
import type { DeliveryIdentifier, OriginalContent, ThreadMessage } from './wire.ts';

export interface Contact {
  readonly id: string;
  readonly properties: Record<string, string>;
  readonly createdAt: string;
  updatedAt: string;
}

/** A person who writes on a channel. HubSpot remembers each delivery identifier, with a contact or without. */
export interface Visitor {
  readonly visitorId: string;
  readonly deliveryIdentifier: DeliveryIdentifier;
  name: string | undefined;
  /** Set when the identifier matches a contact, or when an agent says who it is. */
  contactId: string | undefined;
}

export interface Thread {
  readonly id: string;
  readonly createdAt: string;
  /** The help desk opens a ticket for each conversation, the inbox none. */
  readonly ticketId: string | undefined;
  readonly channelId: string;
  readonly channelAccountId: string;
  readonly inboxId: string;
  /** Given by the integration, or made here when it gave none. Webhooks carry it. */
  readonly integrationThreadId: string;
  /** Those of the threads that were merged into this one. */
  readonly mergedIntegrationThreadIds: string[];
  readonly visitor: Visitor;
  /** In the order of arrival, which is not always that of `createdAt`. */
  readonly messages: ThreadMessage[];
  status: 'OPEN' | 'CLOSED';
  closedAt: string | undefined;
  /** Actor id of an agent. */
  assignedTo: string | undefined;
  archived: boolean;
}

/** An app's own; the accounts in all portals share it. */
export interface Channel {
  readonly id: string;
  readonly appId: string;
  readonly createdAt: string;
  /** Milliseconds since the epoch; before, nobody finds it. */
  readonly visibleAt: number;
  name: string;
  capabilities: Record<string, unknown>;
  webhookUrl: string | undefined;
  channelAccountConnectionRedirectUrl: string | undefined;
  channelDescription: string | undefined;
  channelLogoUrl: string | undefined;
}

export interface ChannelAccount {
  readonly id: string;
  readonly channelId: string;
  readonly inboxId: string;
  readonly createdAt: string;
  readonly deliveryIdentifier: DeliveryIdentifier | undefined;
  name: string;
  /** The administrator's switch, `authorized` the app's; a message is taken only with both on and `archived` off. */
  active: boolean;
  authorized: boolean;
  archived: boolean;
}

export interface Grant {
  readonly appId: string;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface Inbox {
  readonly id: string;
  readonly name: string;
  readonly type: 'INBOX' | 'HELP_DESK';
  readonly createdAt: string;
}

/** Where files are read, without a token. */
export interface FileHost {
  /** Known when the port is open. */
  url: string;
  /** Signs the addresses of private files. */
  readonly key: Buffer;
}

/** One HubSpot account and all that is in it. Every API version reads and writes this one state. */
export interface Portal {
  readonly id: string;
  /** Custom channels need a professional plan. */
  tier: 'PROFESSIONAL' | 'FREE';
  readonly ids: Ids;
  readonly settings: Settings;
  readonly changes: Changes;
  readonly announce: Announce;
  readonly fileHost: FileHost;
  /** By access token. */
  readonly grants: Map<string, Grant>;
  readonly inboxes: Map<string, Inbox>;
  /** The same in all portals. */
  readonly channels: Map<string, Channel>;
  readonly accounts: Map<string, ChannelAccount>;
  readonly contacts: Map<string, Contact>;
  readonly stagingTokens: Map<string, StagingToken>;
  readonly files: Map<string, StoredFile>;
  readonly threads: Map<string, Thread>;
  /** Names of agents by actor id. */
  readonly agents: Map<string, string>;
  /** By type and value of the delivery identifier. */
  readonly visitors: Map<string, Visitor>;
  /** The latest thread by channel account and integration thread id. */
  readonly threadsByKey: Map<string, Thread>;
  /** Message ids by channel account and integrationIdempotencyId. */
  readonly published: Map<string, string>;
  /** Of messages that are truncated, by message id. */
  readonly originals: Map<string, OriginalContent>;
}

type Shared = Pick<Portal, 'ids' | 'channels' | 'fileHost' | 'settings' | 'changes' | 'announce'>;

export function createPortal(id: string, shared: Shared): Portal {
  return {
    id,
    tier: 'PROFESSIONAL',
    ...shared,
    grants: new Map(),
    inboxes: new Map(),
    accounts: new Map(),
    contacts: new Map(),
    stagingTokens: new Map(),
    files: new Map(),
    threads: new Map(),
    agents: new Map(),
    visitors: new Map(),
    threadsByKey: new Map(),
    published: new Map(),
    originals: new Map(),
  };
}

/** The app is called as its channel account is. */
export const appName = ({ accounts }: Portal): string => accounts.values().next().value?.name ?? 'Custom channel';
