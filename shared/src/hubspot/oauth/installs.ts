import type { Redis } from 'ioredis';
import { z } from 'zod';
import { PortalId } from '../../contracts/ids.ts';
import { RetryableError } from '../../failures.ts';
import { replaceField } from '../../redis/replace-field.ts';
import type { Seal } from '../../secrets/seal.ts';
import type { Grant } from './token-endpoint.ts';

const StoredGrant = z.object({
  portal: PortalId,
  accessToken: z.string(),
  refreshToken: z.string(),
  issuedAt: z.number(),
  expiresAt: z.number(),
  scopes: z.array(z.string()),
});

/** One HubSpot account that installed our app. `needsConsent` says since when and why nothing can be done for it. */
export interface Install {
  readonly grant: Grant;
  readonly needsConsent?: { readonly since: number; readonly reason: string };
}

export type Installs = ReturnType<typeof openInstalls>;

/** The accounts that installed our app, tokens sealed. An install stays until a new consent replaces it. */
export function openInstalls({ redis, namespace, seal }: { redis: Redis; namespace: string; seal: Seal }) {
  const key = `${namespace}:installs`;
  const goneKey = lapsedKey(namespace);

  function opened(portal: PortalId, sealed: string): string | Error {
    try {
      return seal.open(sealed, purpose(portal));
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  return {
    /** Throws a `RetryableError` of the portal when the key that sealed it is not in the list of keys: its words wait until it is. */
    async find(portal: PortalId): Promise<Install | undefined> {
      const [sealed, gone] = await Promise.all([redis.hget(key, portal), redis.hget(goneKey, portal)]);
      if (sealed === null) return undefined;
      const text = opened(portal, sealed);
      if (text instanceof Error) throw unreadable(text);
      const grant = StoredGrant.parse(JSON.parse(text));
      return gone === null ? { grant } : { grant, needsConsent: NeedsConsent.parse(JSON.parse(gone)) };
    },

    async portals(): Promise<PortalId[]> {
      return (await redis.hkeys(key)).map((portal) => PortalId.parse(portal));
    },

    /** A grant that HubSpot has just given: whatever was wrong with the consent before is over. */
    async keep(grant: Grant): Promise<void> {
      const { portal } = grant;
      await redis
        .multi()
        .hset(key, portal, seal.seal(JSON.stringify(grant), purpose(portal)))
        .hdel(goneKey, portal)
        .exec();
    },

    /** Seals the tokens with the newest key: how many, and the portals for whose tokens there is no key. What is renewed meanwhile stays. */
    async reseal(): Promise<{ sealed: number; lost: readonly PortalId[] }> {
      const lost: PortalId[] = [];
      let sealed = 0;
      for (const [field, from] of Object.entries(await redis.hgetall(key))) {
        const portal = PortalId.parse(field);
        const grant = opened(portal, from);
        if (grant instanceof Error) lost.push(portal);
        else if (await replaceField(redis, { key, field, from, to: seal.seal(grant, purpose(portal)) })) sealed += 1;
      }
      return { sealed, lost };
    },

    async needsConsent(portal: PortalId, reason: string): Promise<void> {
      await redis.hset(goneKey, portal, JSON.stringify({ since: Date.now(), reason }));
    },
  };
}

/** A portal whose administrator took the consent back: everything for it waits for a new one. */
export interface LapsedConsent {
  readonly portal: PortalId;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** What HubSpot said. */
  readonly reason: string;
}

/** For whoever has no key to the installs themselves. */
export async function lapsedConsents({
  redis,
  namespace,
}: {
  redis: Redis;
  namespace: string;
}): Promise<LapsedConsent[]> {
  const lapsed = Object.entries(await redis.hgetall(lapsedKey(namespace)));
  return lapsed.map(([portal, gone]) => ({
    portal: PortalId.parse(portal),
    ...NeedsConsent.parse(JSON.parse(gone)),
  }));
}

const lapsedKey = (namespace: string) => `${namespace}:installs:needs-consent`;

const unreadable = (cause: Error) =>
  new RetryableError(`${cause.message}: put the key back into SEAL_KEYS, or install the app again`, {
    scope: 'portal',
    certain: true,
    cause,
  });

const purpose = (portal: PortalId) => `install of portal ${portal}`;

const NeedsConsent = z.object({ since: z.number(), reason: z.string() });
