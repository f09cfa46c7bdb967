import type { ChannelAccountId, ChannelId, PortalId } from '../contracts/ids.ts';
import {
  type AgentMessageRead,
  agentDeliveryOf,
  type Ignored,
  type Malformed,
  malformed,
} from './agent-delivery-of.ts';
import { ChannelAccountWebhook, ChannelWebhook } from './webhook-payloads.ts';

/** Somebody connected, changed or deleted an account of the channel; which of them, HubSpot can be asked. */
export interface ChannelAccountChanged {
  readonly portalId: PortalId;
  readonly channelId: ChannelId;
  readonly channelAccountId: ChannelAccountId;
}

const CHANGES = new Set(['CHANNEL_ACCOUNT_CREATED', 'CHANNEL_ACCOUNT_UPDATED', 'CHANNEL_ACCOUNT_PURGED']);

/** Reads the one object that HubSpot sends to a channel's webhook address. Never throws. */
export function readChannelWebhook(body: unknown): AgentMessageRead | ChannelAccountChanged | Ignored | Malformed {
  if (!CHANGES.has(ChannelWebhook.safeParse(body).data?.type ?? '')) return agentDeliveryOf(body);
  const changed = ChannelAccountWebhook.safeParse(body);
  return changed.success ? changed.data : malformed(changed.error);
}
