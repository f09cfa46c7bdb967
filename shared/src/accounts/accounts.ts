import type { Redis } from 'ioredis';
import type { z } from 'zod';
import { ChannelAccountId, PortalId } from '../contracts/ids.ts';
import { replaceField } from '../redis/replace-field.ts';
import type { Seal } from '../secrets/seal.ts';
import {
  type Account,
  type AccountKey,
  Bot,
  type ClaimedAccount,
  digestOf,
  resealSigningSecret,
  Told,
} from './account.ts';

/** A change counts everywhere after so long at most; an account that a bot has just got, at once. */
const FRESH_MS = 1_000;

const inPortal = { portal: PortalId };
const ClaimRecord = Bot.extend(inPortal);
const ToldRecord = Told.extend(inPortal);

/** A channel account that messages came for and that no bot has. */
export interface Unclaimed extends AccountKey {
  readonly webhooks: number;
}

/**
 * The channel accounts: which bot each belongs to, and how HubSpot says that it stands. Looking one up costs Redis one question
 * a second and process; every change is written before its promise resolves.
 */
export type Accounts = ReturnType<typeof openAccounts>;

export function openAccounts({ redis, namespace }: { redis: Redis; namespace: string }) {
  const keys = {
    claims: `${namespace}:accounts:claims`,
    told: `${namespace}:accounts:told`,
    unclaimed: `${namespace}:accounts:unclaimed`,
    /** Grows with every change. */
    version: `${namespace}:accounts:version`,
  };
  let snapshot: Snapshot | undefined;
  let loading: Promise<Snapshot> | undefined;

  const current = async () => (snapshot && Date.now() - snapshot.at < FRESH_MS ? snapshot : reload());

  /** As things stand after the call: what began to be read before it does not count. */
  async function reload(): Promise<Snapshot> {
    await loading?.catch(() => undefined);
    loading ??= load().finally(() => {
      loading = undefined;
    });
    snapshot = await loading;
    return snapshot;
  }

  /** What is not known yet is looked for once more: its words may come before this process has heard of it. */
  const lookUp = async <T>(find: (known: Snapshot) => T | undefined): Promise<T | undefined> =>
    find(await current()) ?? find(await reload());

  async function load(): Promise<Snapshot> {
    const at = Date.now();
    // Read before what it stands for: a change in between is seen the next time.
    const version = await redis.get(keys.version);
    if (snapshot && snapshot.version === version) return { ...snapshot, at };
    const [claims, told] = await Promise.all([redis.hgetall(keys.claims), redis.hgetall(keys.told)]);
    return { at, version, ...indexed(claims, told) };
  }

  const writing = (key: string, { portal, account }: AccountKey, record: Bot | Told) =>
    redis
      .multi()
      .hset(key, account, JSON.stringify({ portal, ...record }))
      .incr(keys.version);

  return {
    /** Undefined: no bot has it. */
    find: (account: ChannelAccountId): Promise<ClaimedAccount | undefined> =>
      lookUp(({ claimed }) => claimed.get(account)),

    findByToken: (token: string): Promise<ClaimedAccount | undefined> => {
      const digest = digestOf(token);
      return lookUp(({ byDigest }) => byDigest.get(digest));
    },

    claimed: async (): Promise<readonly ClaimedAccount[]> => [...(await current()).claimed.values()],

    /** Those that no bot has too, by id. */
    list: async (): Promise<readonly Account[]> => (await current()).all,

    /** Gives the account to a bot, in place of the one before. */
    async claim(key: AccountKey, bot: Bot): Promise<void> {
      await writing(keys.claims, key, bot).hdel(keys.unclaimed, unclaimedField(key)).exec();
    },

    /** Seals the bots' signing secrets with the newest key. The number of those that nobody changed meanwhile. */
    async reseal(seal: Seal): Promise<number> {
      const claims = Object.entries(await redis.hgetall(keys.claims));
      const sealed = await Promise.all(
        claims.map(async ([field, from]) => {
          const { portal, ...bot } = ClaimRecord.parse(JSON.parse(from));
          const signingSecret = resealSigningSecret({ portal, account: ChannelAccountId.parse(field), bot }, seal);
          const to = JSON.stringify({ portal, ...bot, signingSecret });
          return replaceField(redis, { key: keys.claims, field, from, to });
        }),
      );
      await redis.incr(keys.version);
      return sealed.filter(Boolean).length;
    },

    /** What HubSpot said, just now. */
    async remember(key: AccountKey, told: Told): Promise<void> {
      await writing(keys.told, key, told).exec();
    },

    /** A webhook came for an account that no bot has. */
    async countUnclaimed(key: AccountKey): Promise<void> {
      await redis.hincrby(keys.unclaimed, unclaimedField(key), 1);
    },

    async unclaimed(): Promise<Unclaimed[]> {
      return Object.entries(await redis.hgetall(keys.unclaimed)).map(([field, count]) => {
        const [portal, account] = field.split('/');
        return { portal: PortalId.parse(portal), account: ChannelAccountId.parse(account), webhooks: Number(count) };
      });
    },
  };
}

const unclaimedField = ({ portal, account }: AccountKey) => `${portal}/${account}`;

interface Snapshot extends ReturnType<typeof indexed> {
  readonly at: number;
  readonly version: string | null;
}

/** Both by the id of the account. */
function indexed(claims: Record<string, string>, told: Record<string, string>) {
  const ids = [...new Set([...Object.keys(claims), ...Object.keys(told)])].toSorted(byNumber);
  const all = ids.map((id): Account => {
    const claim = read(ClaimRecord, claims[id]);
    const heard = read(ToldRecord, told[id]);
    const { portal } = claim ?? heard ?? {};
    return { account: ChannelAccountId.parse(id), portal: PortalId.parse(portal), bot: claim, told: heard };
  });
  const claimed = all.filter(isClaimed);
  return {
    all,
    claimed: new Map(claimed.map((account) => [account.account, account])),
    byDigest: new Map(claimed.map((account) => [account.bot.tokenDigest, account])),
  };
}

const read = <T>(schema: z.ZodType<T>, text: string | undefined): T | undefined =>
  text === undefined ? undefined : schema.parse(JSON.parse(text));

const isClaimed = (account: Account): account is ClaimedAccount => account.bot !== undefined;

/** Ids are digits, longer than a number holds exactly. */
const byNumber = (one: string, other: string) => one.length - other.length || (one < other ? -1 : 1);
