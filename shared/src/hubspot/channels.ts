import { z } from 'zod';
import { ChannelId } from '../contracts/ids.ts';
import type { ApiVersion } from './api-version.ts';
import { askHubSpot, readAnswer, type SetUpRequest } from './channels-calls.ts';
import { allOf, pageOf } from './channels-pages.ts';
import type { DeveloperAccess } from './event-subscriptions.ts';

const maybe = z.string().nullish();

const RegisteredChannel = z
  .object({
    id: z.coerce.string().pipe(ChannelId),
    name: z.string(),
    capabilities: z.record(z.string(), z.unknown()).catch({}),
    webhookUrl: maybe,
    channelDescription: maybe,
    channelLogoUrl: maybe,
    channelAccountConnectionRedirectUrl: maybe,
  })
  .transform(({ channelAccountConnectionRedirectUrl: connectUrl, ...channel }) => ({
    ...channel,
    connectUrl: connectUrl ?? undefined,
  }));
/** A channel as the app registered it. */
export type RegisteredChannel = z.infer<typeof RegisteredChannel>;

/** What Parley needs of its channel. */
export interface WantedChannel {
  readonly name: string;
  readonly webhookUrl: string;
  readonly capabilities: Readonly<Record<string, unknown>>;
  /** The page that HubSpot opens when an administrator picks the channel for an inbox. */
  readonly connectUrl: string | undefined;
}

export interface ChannelsAccess extends DeveloperAccess {
  readonly apiVersion: ApiVersion;
}

/** The channels of an app, for its developer. Every function throws a `SetUpError`. */
export type Channels = ReturnType<typeof createChannels>;

export function createChannels(access: ChannelsAccess) {
  const { apiVersion, developerKey, appId } = access;
  const ask = <T>({ query, ...request }: Omit<SetUpRequest, 'token' | 'secrets'>, schema: z.ZodType<T>) => {
    const secrets = [developerKey];
    const asDeveloper = { ...query, hapikey: developerKey, appId };
    return readAnswer(askHubSpot(access, { ...request, query: asDeveloper, secrets }), schema, secrets);
  };
  // In v3, HubSpot states these two elsewhere than everything below a channel.
  const all = `/conversations/custom-channels/${apiVersion}`;
  const one = apiVersion === 'v3' ? '/conversations/v3/custom-channels' : all;

  return {
    list: () => allOf((query) => ask({ method: 'GET', path: all, query }, pageOf(RegisteredChannel))),

    /** HubSpot makes another one at each call, and lists it some seconds later: look before, and until it is seen. */
    create: ({ connectUrl, ...wanted }: WantedChannel) => {
      const body = { ...wanted, channelAccountConnectionRedirectUrl: connectUrl };
      return ask({ method: 'POST', path: all, body }, RegisteredChannel);
    },

    /** What Parley does not care about stays as it is; HubSpot wants all of it repeated. */
    change: ({ id, ...now }: RegisteredChannel, { connectUrl, ...wanted }: WantedChannel) => {
      const body = {
        ...wanted,
        channelDescription: now.channelDescription ?? null,
        channelLogoUrl: now.channelLogoUrl ?? null,
        channelAccountConnectionRedirectUrl: connectUrl ?? null,
      };
      return ask({ method: 'PATCH', path: `${one}/${id}`, body }, RegisteredChannel);
    },
  };
}
