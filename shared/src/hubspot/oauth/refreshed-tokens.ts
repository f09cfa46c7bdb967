import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { PortalId } from '../../contracts/ids.ts';
import { RetryableError } from '../../failures.ts';
import type { AccessTokens } from '../access-token.ts';
import type { Install, Installs } from './installs.ts';
import { ConsentGone, type Grant, type TokenEndpoint } from './token-endpoint.ts';

/** Fetched anew when this share of its life is over, so that no call is made with a token that ends on its way. */
const FRESH_SHARE = 0.8;

/** Longer than the token endpoint may take, so that the lock outlives the call it guards. */
const LOCK_MS = 15_000;
const LOOK_AGAIN_MS = 100;

/** A portal without consent is looked at again this often, in Redis alone; a new install is found within it. */
const NO_CONSENT_PAUSE_MS = 10_000;

/**
 * The tokens of one portal's install, kept in Redis for all processes. One process of all fetches a new one, under a lock; the
 * others wait for what it brings. Dying while holding the lock delays the rest by {@link LOCK_MS} at most.
 */
export function createRefreshedTokens(parts: {
  portal: PortalId;
  installs: Pick<Installs, 'find' | 'keep' | 'needsConsent'>;
  endpoint: Pick<TokenEndpoint, 'refresh'>;
  redis: Redis;
  namespace: string;
}): AccessTokens {
  const { portal, installs, endpoint, redis } = parts;
  const lock = `${parts.namespace}:installs:refresh:${portal}`;
  let kept: Grant | undefined;

  async function granted(): Promise<Grant> {
    const install = await installs.find(portal);
    if (install && !install.needsConsent) return install.grant;
    throw new RetryableError(reasonOf(portal, install), {
      scope: 'portal',
      certain: true,
      retryAfterMs: NO_CONSENT_PAUSE_MS,
    });
  }

  /** Another token than `old`, by whoever comes first. */
  async function renew(old: Grant): Promise<Grant> {
    const me = randomBytes(8).toString('hex');
    const deadline = Date.now() + LOCK_MS;
    for (;;) {
      const now = await granted();
      if (now.accessToken !== old.accessToken) return now;
      if (await redis.set(lock, me, 'PX', LOCK_MS, 'NX')) return fetchUnderLock(now, me);
      if (Date.now() > deadline) {
        throw new RetryableError(`portal ${portal} waits for a new access token`, {
          scope: 'portal',
          certain: true,
          retryAfterMs: LOCK_MS,
        });
      }
      await pause(LOOK_AGAIN_MS);
    }
  }

  async function fetchUnderLock(old: Grant, me: string): Promise<Grant> {
    try {
      // Somebody may have brought a new one between our look and our lock.
      const now = await granted();
      if (now.accessToken !== old.accessToken) return now;
      const grant = await endpoint.refresh(old.refreshToken);
      await installs.keep(grant);
      return grant;
    } catch (error) {
      if (error instanceof RetryableError) throw error;
      if (error instanceof ConsentGone) await installs.needsConsent(portal, error.message);
      const reason = error instanceof Error ? error.message : String(error);
      throw new RetryableError(`no new access token for portal ${portal}: ${reason}`, {
        scope: 'portal',
        certain: true,
        cause: error,
      });
    } finally {
      if ((await redis.get(lock)) === me) await redis.del(lock);
    }
  }

  async function current(): Promise<string> {
    kept ??= await granted();
    const freshUntil = kept.issuedAt + (kept.expiresAt - kept.issuedAt) * FRESH_SHARE;
    if (Date.now() > freshUntil) kept = await renew(kept);
    return kept.accessToken;
  }

  async function instead(refused: string): Promise<string> {
    if (kept?.accessToken !== refused) return current();
    kept = await renew(kept);
    return kept.accessToken;
  }

  return { current, instead };
}

function reasonOf(portal: PortalId, install: Install | undefined): string {
  if (!install) return `portal ${portal} has not installed the app: open /install`;
  return `portal ${portal} took its consent back: open /install (${install.needsConsent?.reason})`;
}
