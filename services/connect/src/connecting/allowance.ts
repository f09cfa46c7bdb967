import type { PortalId } from '@parley/shared/contracts/ids';
import type { Redis } from 'ioredis';

/** A twentieth of what HubSpot allows at least. */
const QUESTIONS = 5;
const WINDOW_MS = 10_000;
const KEPT_SECONDS = 60;

/**
 * May HubSpot be asked once more for a stranger? Anybody can open the page, and what it asks counts as the portal's calls: a flood
 * of requests must leave them to the visitors' words.
 */
export const openAllowance =
  ({ redis, namespace }: { redis: Redis; namespace: string }) =>
  async (portal: PortalId): Promise<boolean> => {
    const key = `${namespace}:connecting:${portal}:${Math.floor(Date.now() / WINDOW_MS)}`;
    await redis.set(key, 0, 'EX', KEPT_SECONDS, 'NX');
    return (await redis.incr(key)) <= QUESTIONS;
  };
