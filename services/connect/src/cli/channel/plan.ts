import type { ChannelId } from '@parley/shared/contracts/ids';
import type { RegisteredChannel, WantedChannel } from '@parley/shared/hubspot/channels';
import { CAPABILITIES } from '@parley/shared/hubspot/channels-capabilities';
import { Problem } from '../problems.ts';

/** A field that is to change, each side as it may be shown. */
export interface Difference {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

export type Plan =
  | { readonly step: 'create'; readonly wanted: WantedChannel }
  | {
      readonly step: 'change';
      readonly channel: RegisteredChannel;
      readonly wanted: WantedChannel;
      readonly differences: readonly Difference[];
    }
  | { readonly step: 'nothing'; readonly channel: RegisteredChannel };

export interface Wish {
  /** That of an existing channel stays when none is asked for. */
  readonly name: string | undefined;
  readonly webhookUrl: string;
  /** That of an existing channel stays where Parley has no such page. */
  readonly connectUrl: string | undefined;
  /** Of the settings; empty before the first channel. */
  readonly channelId: ChannelId | undefined;
}

const FIRST_NAME = 'Chatbot';

/**
 * What makes the app's channel the one that Parley needs. Ours is the one that the settings name, else the one with our webhook
 * address; only when there is neither, one is to be created. Throws a `Problem` where it is not clear which one is ours.
 */
export function planOf(
  channels: readonly RegisteredChannel[],
  { name, webhookUrl, connectUrl, channelId }: Wish,
): Plan {
  const channel = oursAmong(channels, { webhookUrl, channelId });
  const wanted = {
    name: name ?? channel?.name ?? FIRST_NAME,
    webhookUrl,
    connectUrl: connectUrl ?? channel?.connectUrl,
    capabilities: { ...channel?.capabilities, ...CAPABILITIES },
  };
  if (!channel) return { step: 'create', wanted };
  const differences = differencesOf(channel, wanted);
  return differences.length === 0 ? { step: 'nothing', channel } : { step: 'change', channel, wanted, differences };
}

function oursAmong(
  channels: readonly RegisteredChannel[],
  { webhookUrl, channelId }: Pick<Wish, 'webhookUrl' | 'channelId'>,
): RegisteredChannel | undefined {
  const here = channels.filter((channel) => channel.webhookUrl === webhookUrl);
  const [first] = here;
  const ids = here.map(({ id }) => id).join(', ');
  if (channelId === undefined) {
    if (here.length < 2) return first;
    throw new Problem(`Channels ${ids} have the same webhook address`, 'Set HUBSPOT_CHANNEL_ID to the one in use.');
  }
  const named = channels.find(({ id }) => id === channelId);
  if (named) return named;
  if (first)
    throw new Problem(
      `The app has no channel ${channelId}, but ${ids} has our webhook address`,
      `Set HUBSPOT_CHANNEL_ID=${first.id}.`,
    );
  throw new Problem(
    `The app has no channel ${channelId}`,
    'Compare HUBSPOT_APP_ID. To create a channel, leave HUBSPOT_CHANNEL_ID empty.',
  );
}

function differencesOf(channel: RegisteredChannel, wanted: WantedChannel): Difference[] {
  const capabilities = Object.entries(wanted.capabilities).map(([key, to]) => ({
    field: `capabilities.${key}`,
    from: shown(channel.capabilities[key]),
    to: shown(to),
  }));
  const fields = [
    { field: 'name', from: shown(channel.name), to: shown(wanted.name) },
    { field: 'connectUrl', from: shown(channel.connectUrl), to: shown(wanted.connectUrl) },
    ...capabilities,
  ].filter(({ from, to }) => from !== to);
  if (channel.webhookUrl === wanted.webhookUrl) return fields;
  const [from, to] = [masked(channel.webhookUrl), masked(wanted.webhookUrl)];
  return [...fields, { field: 'webhookUrl', from, to: from === to ? 'the same with another token' : to }];
}

/** HubSpot promises no order within a list. */
const shown = (value: unknown): string =>
  value === undefined ? 'unset' : JSON.stringify(Array.isArray(value) ? value.map(String).toSorted() : value);

/** The last part of a webhook address is a secret. */
export const masked = (url: string | null | undefined): string => (url ? url.replace(/[^/]*$/, '<token>') : 'unset');
