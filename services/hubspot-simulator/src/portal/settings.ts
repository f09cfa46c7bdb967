import { z } from 'zod';

const SignatureVersion = z.enum(['v3', 'v2', 'v1']);
export type SignatureVersion = z.infer<typeof SignatureVersion>;

/**
 * What HubSpot leaves undocumented, or what differs between its accounts. The defaults are strict; every other value has been
 * seen or cannot be excluded, so a bridge has to work with it.
 */
export const Settings = z.strictObject({
  /** `strict` asks for every field that the specification requires; `lenient` for those that the guide does. */
  validation: z.enum(['strict', 'lenient']).default('strict'),
  /** The answer to an `integrationIdempotencyId` that the channel account has seen. No second message in any case. */
  duplicateResponse: z.literal([201, 200, 409]).default(201),
  /** What a visitor's message does to a closed thread. */
  closedThread: z.enum(['reopen', 'new-thread']).default('reopen'),
  threadingModel: z.enum(['INTEGRATION_THREAD_ID', 'DELIVERY_IDENTIFIER']).default('INTEGRATION_THREAD_ID'),
  /** What the app hears of a thread that was merged into another one. */
  mergeAnnounces: z.enum(['nothing', 'deletion']).default('nothing'),
  /** Whose files the channel's limits hold for. HubSpot documents them for the composer; `both` refuses a visitor's too. */
  fileLimits: z.enum(['both', 'outgoing']).default('both'),
  /** In November 2024 HubSpot refused all other usages of a file. */
  fileUsageTypes: z.enum(['all', 'stickers-and-voice']).default('all'),
  /** How long the address of an agent's attachment leads to the file. No source tells. */
  attachmentUrlSeconds: z.int().positive().default(3_600),
  /** Characters of an agent's message that webhooks and lists hold; the rest has to be asked for. No source tells how many. */
  maxReplyText: z.int().positive().default(10_000),
  /** So many first reads of an agent's attachment are told that it is not there. */
  attachmentNotReadyReads: z.int().min(0).default(0),
  /** The time of a signed address that was asked for without one. */
  signedUrlSeconds: z.int().positive().default(3_600),
  /** A new channel is not found at once; integrations wait for it up to half a minute. */
  channelVisibleAfterMs: z.int().min(0).default(0),
  maxChannels: z.int().positive().default(10),
  /** Some found an account that they had made switched off. */
  newAccounts: z.enum(['active', 'inactive']).default('active'),
  stagingTokenSeconds: z.int().min(0).default(3_600),
  /** The guide calls it a string, all else an object. */
  webhookAccountIdentifier: z.enum(['object', 'string']).default('object'),
  accessTokenSeconds: z.int().positive().default(1_800),
  authCodeSeconds: z.int().positive().default(60),
  /** Whether a refresh gives a new refresh token and takes the old one; HubSpot says that it may one day. */
  refreshTokens: z.enum(['keep', 'rotate']).default('keep'),
  /** What a refresh is told after the app was uninstalled. */
  goneInstall: z.enum(['BAD_REFRESH_TOKEN', 'BAD_HUB']).default('BAD_REFRESH_TOKEN'),
  /** How long a search does not find what was changed. */
  searchLagMs: z.int().min(0).default(0),
  associateWithContactId: z.enum(['honoured', 'ignored']).default('honoured'),
  /** No page of HubSpot's names the category of an expired token. */
  expiredTokenCategory: z.enum(['EXPIRED_AUTHENTICATION', 'INVALID_AUTHENTICATION']).default('EXPIRED_AUTHENTICATION'),
  /** Requests per sliding window and portal. `retryAfterSeconds` adds the header that HubSpot does not promise on a 429. */
  rateLimit: z
    .strictObject({
      max: z.int().positive().default(110),
      windowMs: z.int().positive().default(10_000),
      /** Per account and day; null is "none", which a marketplace app has. */
      daily: z.int().positive().nullable().default(null),
      /** Searches of the CRM, per account. */
      searchMax: z.int().positive().default(5),
      searchWindowMs: z.int().positive().default(1_000),
      /** Whether a refused request counts. No source tells. */
      refused: z.enum(['uncounted', 'counted']).default('uncounted'),
      retryAfterSeconds: z.int().positive().optional(),
    })
    .prefault({}),
  /** Signatures on the channel's webhooks. v1 and v2 share a header, so of these two the later one in the list is sent. */
  channelSignatures: z.array(SignatureVersion).default(['v3']),
  /** Signatures on the app's webhooks (`conversation.*`). */
  eventSignatures: z.array(SignatureVersion).default(['v1', 'v3']),
  /** Attempts in all, the first included; 1 is "no retry", which nobody has excluded for the channel's webhooks. */
  channelAttempts: z.int().min(1).default(10),
  eventAttempts: z.int().min(1).default(10),
  /** HubSpot spreads its retries over 24 hours. */
  retryDelayMs: z.int().min(0).default(500),
  webhookTimeoutMs: z.int().positive().default(5_000),
  /** The guide shows `"status":"SENT"`, the specification an object. */
  webhookStatus: z.enum(['object', 'string']).default('object'),
  webhookPortalId: z.enum(['string', 'number']).default('string'),
  webhookSenderName: z.enum(['present', 'absent']).default('present'),
  webhookAssignee: z.enum(['actor-id', 'user-id']).default('actor-id'),
});
export type Settings = z.infer<typeof Settings>;
/** Any of them; the rest, also of the rate limit, is as by default. */
export type GivenSettings = z.input<typeof Settings>;
