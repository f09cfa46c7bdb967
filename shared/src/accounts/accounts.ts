import { readFileSync } from 'node:fs';
import type { Redis, Result } from 'ioredis';
import type { z } from 'zod';
import { ChannelAccountId, PortalId } from '../contracts/ids.ts';
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

const GIVE = readFileSync(new URL('./give.lua', import.meta.url), 'utf8');

declare module 'ioredis' {
  interface RedisCommander<Context> {
    accountGive(...keysAndArgs: string[]): Result<1 | 0 | -1, Context>;
  }
}

const ClaimRecord = Bot.extend({ portal: PortalId });
const ToldRecord = Told.extend({ portal: PortalId });

/** A channel account that messages came for and that no bot has. */
export interface Unclaimed extends AccountKey {
  readonly webhooks: number;
}

/** `changed`: somebody else wrote meanwhile. `token-taken`: another account's bot has that token, and tokens say whose events they are. */
export type Written = 'written' | 'changed' | 'token-taken';

/**
 * The channel accounts: which bot each belongs to, and how HubSpot says that it stands. Looking one up costs Redis one question
 * a second and process; every change is written before its promise resolves.
 */
export type Accounts = ReturnType<typeof openAccounts>;

export function openAccounts({ redis, namespace }: { redis: Redis; namespace: string }) {
  const keys = {
    /** By account. */
    claims: `${namespace}:accounts:claims`,
    /** The account of each token, by the token's digest. */
    tokens: `${namespace}:accounts:tokens`,
    told: `${namespace}:accounts:told`,
    unclaimed: `${namespace}:accounts:unclaimed`,
    /** Grows with every change. */
    version: `${namespace}:accounts:version`,
  };
  redis.defineCommand('accountGive', { numberOfKeys: 4, lua: GIVE });
  let snapshot: Snapshot | undefined;
  let loading: Promise<Snapshot> | undefined;

  const current = async () => (snapshot && performance.now() - snapshot.at < FRESH_MS ? snapshot : reload());

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
    const at = performance.now();
    // Read before what it stands for: a change in between is seen the next time.
    const version = await redis.get(keys.version);
    if (snapshot && snapshot.version === version) return { ...snapshot, at };
    const [claims, told] = await Promise.all([redis.hgetall(keys.claims), redis.hgetall(keys.told)]);
    return { at, version, ...indexed(claims, told) };
  }

  /** `to` undefined: no bot has it any more. */
  async function give({ portal, account }: AccountKey, from: Bot | undefined, to: Bot | undefined): Promise<Written> {
    const record = (bot: Bot | undefined) => (bot ? claimText(portal, bot) : '');
    const { claims, tokens, unclaimed, version } = keys;
    const before = [account, record(from), record(to), from?.tokenDigest ?? '', to?.tokenDigest ?? ''];
    const reply = await redis.accountGive(claims, tokens, unclaimed, version, ...before, `${portal}/${account}`);
    snapshot = undefined; // whoever writes sees it at once, and so does who came too late
    return reply === 1 ? 'written' : reply === 0 ? 'changed' : 'token-taken';
  }

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

    /** Gives an account that no bot has to one. */
    claim: (key: AccountKey, bot: Bot): Promise<Written> => give(key, undefined, bot),

    /** Writes what is new of the account's bot, in place of what was found. */
    change: (found: ClaimedAccount, bot: Bot): Promise<Written> => give(found, found.bot, bot),

    /** Takes the account from its bot, and out of the list until HubSpot speaks of it again. */
    async forget(found: ClaimedAccount): Promise<Written> {
      await redis.hdel(keys.told, found.account);
      return give(found, found.bot, undefined);
    },

    /**
     * Seals the bots' signing secrets with the newest key: how many, and the accounts for whose secrets there is no key. Those that
     * somebody changes meanwhile are theirs.
     */
    async reseal(seal: Seal): Promise<{ sealed: number; lost: readonly ChannelAccountId[] }> {
      const lost: ChannelAccountId[] = [];
      let sealed = 0;
      for (const found of (await reload()).claimed.values()) {
        const signingSecret = resealSigningSecret(found, seal);
        if (signingSecret === undefined) lost.push(found.account);
        else if ((await give(found, found.bot, { ...found.bot, signingSecret })) === 'written') sealed += 1;
      }
      return { sealed, lost };
    },

    /** What HubSpot said, just now. */
    async remember({ portal, account }: AccountKey, told: Told): Promise<void> {
      const record = JSON.stringify({ portal, ...told });
      await redis.multi().hset(keys.told, account, record).incr(keys.version).exec();
    },

    /** A webhook came for an account that no bot has. */
    async countUnclaimed({ portal, account }: AccountKey): Promise<void> {
      await redis.hincrby(keys.unclaimed, `${portal}/${account}`, 1);
    },

    async unclaimed(): Promise<Unclaimed[]> {
      return Object.entries(await redis.hgetall(keys.unclaimed)).map(([field, count]) => {
        const [portal, account] = field.split('/');
        return { portal: PortalId.parse(portal), account: ChannelAccountId.parse(account), webhooks: Number(count) };
      });
    },
  };
}

/** One text for one record, however it was made: what was read is compared with what is there. */
const claimText = (portal: PortalId, bot: Bot): string => JSON.stringify(ClaimRecord.parse({ ...bot, portal }));

interface Snapshot extends ReturnType<typeof indexed> {
  /** By a clock that nobody sets. */
  readonly at: number;
  readonly version: string | null;
}

/** Both by the id of the account. */
function indexed(claims: Record<string, string>, told: Record<string, string>) {
  const ids = [...new Set([...Object.keys(claims), ...Object.keys(told)])].toSorted(byNumber);
  const all = ids.map((id): Account => {
    const bot = read(ClaimRecord, claims[id]);
    const heard = read(ToldRecord, told[id]);
    const portal = PortalId.parse((bot ?? heard)?.portal);
    return { account: ChannelAccountId.parse(id), portal, bot, told: heard };
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
