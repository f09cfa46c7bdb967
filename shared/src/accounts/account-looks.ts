import type { Redis, Result } from 'ioredis';
import { AccountKey } from './account.ts';

/**
 * The channel accounts that HubSpot is to be asked about, since it said that they changed, or since messages came for one that is
 * not known. Its webhooks say neither what changed nor in which order, so none of them is believed. Each look stays due until it is
 * done; one that was requested while HubSpot was being asked is made once more.
 */
export function openAccountLooks({ redis, namespace }: { redis: Redis; namespace: string }) {
  const dueKey = `${namespace}:accounts:looks`;
  const requestsKey = `${namespace}:accounts:looks:requests`;
  redis.defineCommand('accountLookDone', { numberOfKeys: 2, lua: DONE });

  return {
    async request(account: AccountKey): Promise<void> {
      const member = memberOf(account);
      await redis.multi().hincrby(requestsKey, member, 1).zadd(dueKey, Date.now(), member).exec();
    },

    /** Those that are due now, the longest overdue first. */
    async due({ count }: { count: number }): Promise<DueLook[]> {
      const members = await redis.zrange(dueKey, '-inf', String(Date.now()), 'BYSCORE', 'LIMIT', 0, count);
      if (members.length === 0) return [];
      const requests = await redis.hmget(requestsKey, ...members);
      return members.map((member, at) => ({
        ...AccountKey.parse(JSON.parse(member)),
        requests: requests[at] ?? '0',
      }));
    },

    /** Nothing was learnt: again in `inMs`. */
    async postpone(look: DueLook, { inMs }: { inMs: number }): Promise<void> {
      await redis.zadd(dueKey, 'XX', Date.now() + inMs, memberOf(look));
    },

    async done(look: DueLook): Promise<void> {
      await redis.accountLookDone(dueKey, requestsKey, memberOf(look), look.requests);
    },
  };
}
export type AccountLooks = ReturnType<typeof openAccountLooks>;

export interface DueLook extends AccountKey {
  /** How often it had been requested when it was taken up. */
  readonly requests: string;
}

declare module 'ioredis' {
  interface RedisCommander<Context> {
    accountLookDone(due: string, requests: string, member: string, taken: string): Result<0 | 1, Context>;
  }
}

/** Nobody asked for another look meanwhile: it is over. */
const DONE = `
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HDEL', KEYS[2], ARGV[1])
return redis.call('ZREM', KEYS[1], ARGV[1])`;

/** The same text for the same account, whatever the order of its fields. */
const memberOf = ({ portal, account }: AccountKey) => JSON.stringify({ portal, account });
