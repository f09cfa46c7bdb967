import type { Redis, Result } from 'ioredis';
import { AccountKey } from './account.ts';

/**
 * The channel accounts that HubSpot is to be asked about: those that it said had changed, those that messages came for and nobody
 * knows, and now and then those of bots. Its webhooks say neither what changed nor in which order, and may be lost, so none of them
 * is believed. Each look stays due until it is done; one that was requested while HubSpot was being asked is made once more.
 */
export function openAccountLooks({ redis, namespace }: { redis: Redis; namespace: string }) {
  const key = `${namespace}:accounts:looks`;
  redis.defineCommand('accountLookEnd', { numberOfKeys: 1, lua: END });

  return {
    async request(account: AccountKey): Promise<void> {
      await redis.zadd(key, Date.now(), memberOf(account));
    },

    /** Those that are due now, the longest overdue first. */
    async due({ count }: { count: number }): Promise<DueLook[]> {
      const now = String(Date.now());
      const found = await redis.zrange(key, '-inf', now, 'BYSCORE', 'LIMIT', 0, count, 'WITHSCORES');
      return found.flatMap((member, at) =>
        at % 2 === 0 ? [{ ...AccountKey.parse(JSON.parse(member)), dueAt: found[at + 1] ?? '' }] : [],
      );
    },

    /** It is over, or comes again in `againInMs`; unless it was requested meanwhile, which stays. */
    async end(look: DueLook, { againInMs }: { againInMs?: number } = {}): Promise<void> {
      const next = againInMs === undefined ? '' : String(Date.now() + againInMs);
      await redis.accountLookEnd(key, memberOf(look), look.dueAt, next);
    },
  };
}
export type AccountLooks = ReturnType<typeof openAccountLooks>;

export interface DueLook extends AccountKey {
  /** As Redis holds it: another time means another request. */
  readonly dueAt: string;
}

declare module 'ioredis' {
  interface RedisCommander<Context> {
    accountLookEnd(key: string, member: string, dueAt: string, next: string): Result<0 | 1, Context>;
  }
}

const END = `
if redis.call('ZSCORE', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
if ARGV[3] == '' then redis.call('ZREM', KEYS[1], ARGV[1]) else redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1]) end
return 1`;

/** The same text for the same account, whatever the order of its fields. */
const memberOf = ({ portal, account }: AccountKey) => JSON.stringify({ portal, account });
