import type { Redis } from 'ioredis';
import type { PortalId } from '../contracts/ids.ts';

/** Tells a HubSpot that is down from one that breaks on a message. All processes share what they meet; it decides nothing that lasts. */
export interface Outages {
  /**
   * A call was not served: no answer, or a 5xx. `conversation`: whose words it carried, if any. Resolves with whether HubSpot is held
   * to be down: words of several conversations were not served, and nobody's between.
   */
  met(portalId: PortalId, conversation?: string): Promise<boolean>;
  /** Words were served. */
  ended(portalId: PortalId): Promise<void>;
}

/** Words on which HubSpot breaks each time are a rare thing: two of them at once are believed in, three are not. */
const CONVERSATIONS = 3;

/** Longer than any pause between two attempts. */
const FORGOTTEN_AFTER_SECONDS = 300;

export function openOutages({ redis, namespace }: { redis: Redis; namespace: string }): Outages {
  const keyOf = (portalId: PortalId) => `{${namespace}}:not-served:${portalId}`;
  return {
    async met(portalId, conversation) {
      const key = keyOf(portalId);
      if (conversation !== undefined)
        await redis.multi().sadd(key, conversation).expire(key, FORGOTTEN_AFTER_SECONDS).exec();
      return (await redis.scard(key)) >= CONVERSATIONS;
    },

    async ended(portalId) {
      await redis.del(keyOf(portalId));
    },
  };
}
