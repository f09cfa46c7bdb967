import { z } from 'zod';
import { CAPABILITY } from '../../portal/capabilities.ts';
import type { HubSpot } from '../../portal/hubspot.ts';
import type { Channel } from '../../portal/portal.ts';
import type { OpenHandler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { channelDoesNotExist, emptyUpdate, HubSpotError, invalid, parseBody } from '../errors.ts';
import { totalPageOf } from '../paging.ts';

/** GET channels of the app. */
export const listChannels: OpenHandler = (hubspot, { query }) => {
  const { results, ...page } = totalPageOf([...hubspot.channels.values()].filter(isVisible), query);
  return ok({ ...page, results: results.map(view) });
};

/** GET {channelId} */
export const getChannel: OpenHandler = (hubspot, { params }) => ok(view(channelOf(hubspot, params.channelId)));

const Optional = {
  webhookUrl: z.url().optional(),
  channelAccountConnectionRedirectUrl: z.url().optional(),
  channelDescription: z.string().optional(),
  channelLogoUrl: z.url().optional(),
};
const Create = z.strictObject({
  name: z.string().trim().min(1),
  capabilities: z.record(z.string(), z.unknown()),
  ...Optional,
});

/** POST: 201. Nothing makes a second one like the first the same, so a caller looks before it creates. */
export const createChannel: OpenHandler = (hubspot, { body }) => {
  const given = parseBody(Create, body);
  refuseCapabilities(given.capabilities);
  const { maxChannels, channelVisibleAfterMs } = hubspot.settings;
  if (hubspot.channels.size >= maxChannels)
    throw invalid({ message: `The app has ${maxChannels} channels, which is as many as it can have` });
  const channel: Channel = {
    webhookUrl: undefined,
    channelAccountConnectionRedirectUrl: undefined,
    channelDescription: undefined,
    channelLogoUrl: undefined,
    ...given,
    id: hubspot.ids.channel(),
    appId: hubspot.app.id,
    createdAt: new Date().toISOString(),
    visibleAt: Date.now() + channelVisibleAfterMs,
  };
  hubspot.channels.set(channel.id, channel);
  hubspot.changes.emit();
  return { status: 201, body: view(channel) };
};

const Patch = z.strictObject({
  name: z.string().trim().min(1),
  capabilities: z.record(z.string(), z.unknown()),
  webhookUrl: z.url().nullable(),
  channelAccountConnectionRedirectUrl: z.url().nullable(),
  channelDescription: z.string().nullable(),
  channelLogoUrl: z.url().nullable(),
});

/** PATCH {channelId}: all six fields by the specification, any of them by the guide. A null clears one. */
export const patchChannel: OpenHandler = (hubspot, { params, body }) => {
  const channel = channelOf(hubspot, params.channelId);
  const given = parseBody(hubspot.settings.validation === 'strict' ? Patch : Patch.partial(), body);
  if (Object.keys(given).length === 0) throw emptyUpdate();
  if (given.capabilities) refuseCapabilities(given.capabilities);
  for (const [name, value] of Object.entries(given)) Object.assign(channel, { [name]: value ?? undefined });
  hubspot.changes.emit();
  return ok(view(channel));
};

/** DELETE {channelId}: gone, and its accounts in all portals are archived. */
export const deleteChannel: OpenHandler = (hubspot, { params }) => {
  const channel = channelOf(hubspot, params.channelId);
  hubspot.channels.delete(channel.id);
  for (const { accounts } of hubspot.portals.values())
    for (const account of accounts.values()) if (account.channelId === channel.id) account.archived = true;
  hubspot.changes.emit();
  return { status: 204, body: undefined };
};

/** A channel is not there at once for those who look. */
export const isVisible = ({ visibleAt }: Channel): boolean => visibleAt <= Date.now();

function channelOf(hubspot: HubSpot, id = ''): Channel {
  const channel = hubspot.channels.get(id);
  if (!channel || !isVisible(channel)) throw channelDoesNotExist(id);
  return channel;
}

/** Values that cannot be are refused, all in one answer; keys that HubSpot does not know are not. */
function refuseCapabilities(capabilities: Record<string, unknown>): void {
  const wrong = Object.entries(CAPABILITY)
    .filter(([key, schema]) => key in capabilities && !schema.safeParse(capabilities[key]).success)
    .map(([key]) => `"${key}": ${JSON.stringify(capabilities[key])}`);
  if (wrong.length === 0) return;
  throw new HubSpotError(400, {
    message: `One or more Channel Capabilities specified had invalid values: ${wrong.map((one) => `\`${one}\``).join(', ')}`,
    context: { capabilityKeysAndValues: wrong },
    category: 'VALIDATION_ERROR',
    subCategory: 'CustomChannelsError.INVALID_CHANNEL_CAPABILITY_VALUES',
  });
}

const view = ({ appId: _appId, visibleAt: _visibleAt, ...channel }: Channel) => channel;
