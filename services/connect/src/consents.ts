import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Redis } from 'ioredis';

/** As long as somebody may read HubSpot's consent page. */
export const CONSENT_SECONDS = 15 * 60;

/**
 * The consents that were asked for and not answered yet. The `state` that travels through HubSpot is signed, works once, and only in
 * the browser that began: that one holds the other half in a cookie, so nobody can be sent an install of somebody else's account.
 * Nothing is stored until a state comes back, so strangers who begin and never end fill no memory.
 */
export interface Consents {
  begin(): { state: string; cookie: string };
  /** Ends it. False when this state was never given out, is too old, was used, or began in another browser. */
  end(state: string, cookie: string): Promise<boolean>;
}

export function openConsents({
  redis,
  namespace,
  secret,
}: {
  redis: Redis;
  namespace: string;
  /** Known to Parley alone. The key is derived from it. */
  secret: string;
}): Consents {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'parley consents', 32));
  const sign = (claim: string) => createHmac('sha256', key).update(claim).digest('base64url');

  return {
    begin() {
      const cookie = randomBytes(32).toString('base64url');
      const claim = `${Date.now() + CONSENT_SECONDS * 1_000}.${digest(cookie)}`;
      return { state: `${claim}.${sign(claim)}`, cookie };
    },

    async end(state, cookie) {
      const [until = '', ofCookie = '', ...rest] = state.split('.');
      const signature = rest.join('.');
      const isOurs = isSame(signature, sign(`${until}.${ofCookie}`)) && isSame(ofCookie, digest(cookie));
      if (!isOurs || Number(until) < Date.now()) return false;
      const used = `${namespace}:consent-used:${digest(state)}`;
      return (await redis.set(used, '1', 'EX', CONSENT_SECONDS, 'NX')) === 'OK';
    },
  };
}

/** Digests have one length, whatever was given. */
const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(digest(one)), Buffer.from(digest(other)));

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
