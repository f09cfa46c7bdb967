import { hash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ChannelAccountId, PortalId } from '../contracts/ids.ts';
import { RetryableError } from '../failures.ts';
import type { Seal } from '../secrets/seal.ts';

/** The bot whose conversations go through a channel account. What lies in Redis of its secrets is of no use to whoever reads it. */
export const Bot = z.object({
  callbackUrl: z.url(),
  /** SHA-256 of the token that the bot sends. */
  tokenDigest: z.string(),
  /** Of Standard Webhooks, sealed. */
  signingSecret: z.string(),
  /** Since when the bot's events are refused, milliseconds since 1970. */
  disabledAt: z.number().optional(),
});
export type Bot = z.infer<typeof Bot>;

/** A channel account as HubSpot told of it when it was last asked. */
export const Told = z.object({
  /** `gone`: deleted for good, or never there. */
  state: z.enum(['active', 'inactive', 'unauthorized', 'archived', 'gone']),
  name: z.string().optional(),
  inboxId: z.string().optional(),
  /** Milliseconds since 1970. */
  at: z.number(),
});
export type Told = z.infer<typeof Told>;

/** The channel connected to an inbox of one HubSpot account; its id is unique in HubSpot. */
export const AccountKey = z.object({ portal: PortalId, account: ChannelAccountId });
export type AccountKey = z.infer<typeof AccountKey>;

export interface Account extends AccountKey {
  /** Absent where nobody has claimed the account. */
  readonly bot?: Bot | undefined;
  readonly told?: Told | undefined;
}

export interface ClaimedAccount extends Account {
  readonly bot: Bot;
}

/** What the bot and Parley know each other by. Shown once, to whoever sets up the bot. */
export interface BotSecrets {
  /** `Authorization: Bearer` of the bot's events. */
  readonly token: string;
  /** Signs Parley's events to the bot: `whsec_` and base64. */
  readonly signingSecret: string;
}

export const createBotSecrets = (): BotSecrets => ({
  token: randomBytes(32).toString('hex'),
  signingSecret: `whsec_${randomBytes(32).toString('base64')}`,
});

export const digestOf = (token: string): string => hash('sha256', token);

export const sealSecrets = (
  { token, signingSecret }: BotSecrets,
  { account, seal }: { account: ChannelAccountId; seal: Seal },
): Pick<Bot, 'tokenDigest' | 'signingSecret'> => ({
  tokenDigest: digestOf(token),
  signingSecret: seal.seal(signingSecret, purpose(account)),
});

/** Throws a `RetryableError` of the portal when the key that sealed it is not in the list of keys: all its words wait until it is. */
export function openSigningSecret({ account, bot }: ClaimedAccount, seal: Seal): string {
  try {
    return seal.open(bot.signingSecret, purpose(account));
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : 'it cannot be read';
    throw new RetryableError(`${what}: put the key back into SEAL_KEYS`, { scope: 'portal', certain: true, cause });
  }
}

/** The same secret, sealed with the newest key; undefined when the list of keys has none that opens it. */
export function resealSigningSecret(claimed: ClaimedAccount, seal: Seal): string | undefined {
  try {
    return seal.seal(openSigningSecret(claimed, seal), purpose(claimed.account));
  } catch (error) {
    if (error instanceof RetryableError) return undefined;
    throw error;
  }
}

const purpose = (account: ChannelAccountId) => `signing secret of channel account ${account}`;
