import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';

/**
 * The lead over something that one process of all should do. Whoever died is followed when its lead has run out. Two may believe
 * for a moment that they lead, so what they do must be harmless when it is done twice.
 */
export function openLead({ redis, key, forMs }: { redis: Redis; key: string; forMs: number }) {
  const me = randomBytes(8).toString('hex');
  const isMine = async () => (await redis.get(key)) === me;

  return {
    /** Takes the lead if nobody has it, and prolongs it if this process has: ours for `forMs` from now. */
    async take(): Promise<boolean> {
      if (await redis.set(key, me, 'PX', forMs, 'NX')) return true;
      return (await isMine()) && (await redis.pexpire(key, forMs)) === 1;
    },
    /** So that another process need not wait. */
    async leave(): Promise<void> {
      if (await isMine()) await redis.del(key);
    },
  };
}
