import type { PortalId } from '@parley/shared/contracts/ids';
import type { Redis } from 'ioredis';

const CALLS = 30;
const WINDOW_SECONDS = 60;

/**
 * May HubSpot be asked once more for a stranger? Anybody can open the page, and its calls are the portal's, which allows at least
 * a hundred in ten seconds: a flood of requests takes a twentieth of them from the visitors' words, and no more.
 */
export const openAllowance =
  ({ redis, namespace }: { redis: Redis; namespace: string }) =>
  async (portal: PortalId): Promise<boolean> => {
    const key = `${namespace}:connecting:${portal}`;
    await redis.set(key, 0, 'EX', WINDOW_SECONDS, 'NX');
    return (await redis.incr(key)) <= CALLS;
  };
