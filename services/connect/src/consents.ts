import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';

/** As long as somebody may read HubSpot's consent page. */
export const CONSENT_SECONDS = 15 * 60;

/**
 * The consents that were asked for and not answered yet. The `state` that travels through HubSpot cannot be guessed, works once,
 * and only in the browser that began: that one holds the other half in a cookie, so nobody can be sent an install of
 * somebody else's account.
 */
export interface Consents {
  begin(): Promise<{ state: string; cookie: string }>;
  /** Ends it. False when this state was never given out, is too old, was used, or began in another browser. */
  end(state: string, cookie: string): Promise<boolean>;
}

export function openConsents({ redis, namespace }: { redis: Redis; namespace: string }): Consents {
  const key = (state: string) => `${namespace}:consent:${digest(state)}`;
  return {
    async begin() {
      const [state, cookie] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
      await redis.set(key(state), digest(cookie), 'EX', CONSENT_SECONDS);
      return { state, cookie };
    },
    end: async (state, cookie) => (await redis.getdel(key(state))) === digest(cookie),
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
