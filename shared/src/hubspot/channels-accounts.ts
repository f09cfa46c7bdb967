import { z } from 'zod';
import { ChannelAccountId, type ChannelId } from '../contracts/ids.ts';
import { type AccessTokens, withToken } from './access-token.ts';
import type { ApiVersion } from './api-version.ts';
import { askHubSpot, readAnswer, SetUpError, type SetUpRequest } from './channels-calls.ts';
import { allOf, pageOf } from './channels-pages.ts';
import { Refusal } from './exchange.ts';

const Inbox = z.object({ id: z.coerce.string(), name: z.string().catch(''), type: z.string().catch('') });
/** An inbox or a help desk. */
export type Inbox = z.infer<typeof Inbox>;

const ChannelAccount = z
  .object({
    id: z.coerce.string().pipe(ChannelAccountId),
    inboxId: z.coerce.string(),
    name: z.string().catch(''),
    active: z.boolean(),
    authorized: z.boolean(),
    archived: z.boolean().catch(false),
    deliveryIdentifier: z.object({ type: z.string(), value: z.string() }).nullish().catch(undefined),
  })
  .transform(({ deliveryIdentifier, ...account }) => ({ ...account, identifier: deliveryIdentifier?.value }));
/** A channel connected to an inbox. `active` is the administrator's switch, `authorized` the app's. */
export type ChannelAccount = z.infer<typeof ChannelAccount>;

export interface ChannelAccountsAccess {
  readonly apiUrl: string;
  readonly apiVersion: ApiVersion;
  readonly channelId: ChannelId;
  readonly tokens: AccessTokens;
  /** Of each call. */
  readonly timeoutMs: number;
}

/** What a HubSpot account has of the channel, for whoever sets it up. Every function throws a `SetUpError`. */
export type ChannelAccounts = ReturnType<typeof createChannelAccounts>;

export function createChannelAccounts(access: ChannelAccountsAccess) {
  const { apiVersion, channelId, tokens } = access;
  const accounts = `${channelsRoot(apiVersion)}/${channelId}/channel-accounts`;
  const ask = <T>(
    request: Omit<SetUpRequest, 'token' | 'secrets'>,
    schema: z.ZodType<T>,
    secrets: string[] = [],
  ): Promise<T> => {
    const asked = withToken(tokens, (token) => {
      secrets.push(token);
      return askHubSpot(access, { ...request, token, secrets });
    });
    return readAnswer(asked, schema, secrets);
  };

  const find = async (id: ChannelAccountId, query: Record<string, string>): Promise<ChannelAccount | undefined> => {
    try {
      return await ask({ method: 'GET', path: `${accounts}/${id}`, query }, ChannelAccount);
    } catch (error) {
      if (error instanceof SetUpError && error.problem === 'absent') return undefined;
      throw error;
    }
  };

  return {
    inboxes: () => allOf((query) => ask({ method: 'GET', path: INBOXES, query }, pageOf(Inbox))),

    list: () => allOf((query) => ask({ method: 'GET', path: accounts, query }, pageOf(ChannelAccount))),

    /** An archived one too; undefined when the channel has none of this id here. */
    find: async (id: ChannelAccountId) => (await find(id, {})) ?? (await find(id, { archived: 'true' })),

    /** HubSpot refuses an identifier that an account of the channel has already. */
    add: ({ inboxId, name, identifier }: { inboxId: string; name: string; identifier: string }) =>
      ask(
        {
          method: 'POST',
          path: accounts,
          body: {
            inboxId,
            name,
            authorized: true,
            deliveryIdentifier: opaque(identifier),
          },
        },
        ChannelAccount,
      ),

    /** Lets the account's messages through, or stops them in both directions. */
    authorize: (id: ChannelAccountId, authorized: boolean) =>
      ask({ method: 'PATCH', path: `${accounts}/${id}`, body: { authorized } }, ChannelAccount),

    /**
     * Says which account it is that an administrator is connecting in HubSpot, which makes it when they are led back; after that
     * it is a `conflict`. `absent`: HubSpot does not know the token any more. How long it does, it does not say.
     */
    async nameStaged(accountToken: string, { name, identifier }: { name: string; identifier: string }): Promise<void> {
      await ask(
        {
          method: 'PATCH',
          path: `${channelsRoot(apiVersion)}/${channelId}/channel-account-staging-tokens/${encodeURIComponent(accountToken)}`,
          body: { accountName: name, deliveryIdentifier: opaque(identifier) },
        },
        z.unknown(),
        [accountToken],
      );
    },

    /** How far our clock is ahead of HubSpot's, in milliseconds and to about a second; undefined when HubSpot tells no time. */
    async clockLeadMs(): Promise<number | undefined> {
      const asked = withToken(tokens, (token) =>
        askHubSpot(access, { method: 'GET', path: INBOXES, token, secrets: [token] }),
      );
      const askedAt = Date.now();
      const answer = await asked.catch((thrown: unknown) => {
        if (thrown instanceof Refusal) return thrown.answer;
        return undefined;
      });
      const told = Date.parse(answer?.headers.date ?? '');
      return Number.isNaN(told) ? undefined : (askedAt + Date.now()) / 2 - told;
    },
  };
}

const opaque = (value: string) => ({ type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value });

const INBOXES = '/conversations/v3/conversations/inboxes';

const channelsRoot = (version: ApiVersion) =>
  version === 'v3' ? '/conversations/v3/custom-channels' : `/conversations/custom-channels/${version}`;
