import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A working day: after it the operator signs in again. */
export const SESSION_MS = 12 * 60 * 60 * 1_000;

export interface Sessions {
  /** A token that nobody can make without the key. */
  begin(): string;
  isLive(token: string): boolean;
  /** Ends the session wherever a copy of its token may be. */
  end(token: string): void;
}

/** Sessions as signed tokens, `<ends at>.<nonce>.<mac>`. The key lives in this process only, so a restart ends them all. */
export function createSessions({ now = Date.now }: { now?: () => number } = {}): Sessions {
  const key = randomBytes(32);
  const macOf = (claim: string) => createHmac('sha256', key).update(claim).digest();
  /** Sessions that were ended before their time, with that time. */
  const ended = new Map<string, number>();

  function endOf(token: string): number | undefined {
    const [endsAt = '', nonce = '', mac = ''] = token.split('.');
    const expected = macOf(`${endsAt}.${nonce}`);
    const given = Buffer.from(mac, 'base64url');
    return given.length === expected.length && timingSafeEqual(given, expected) ? Number(endsAt) : undefined;
  }

  return {
    begin() {
      const claim = `${now() + SESSION_MS}.${randomBytes(16).toString('base64url')}`;
      return `${claim}.${macOf(claim).toString('base64url')}`;
    },
    isLive(token) {
      const endsAt = endOf(token);
      return endsAt !== undefined && endsAt > now() && !ended.has(nonceOf(token));
    },
    end(token) {
      const endsAt = endOf(token);
      if (endsAt !== undefined) ended.set(nonceOf(token), endsAt);
      for (const [nonce, at] of ended) if (at <= now()) ended.delete(nonce);
    },
  };
}

const nonceOf = (token: string) => token.split('.')[1] ?? '';
