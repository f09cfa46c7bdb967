import type { Redis } from 'ioredis';

/** How long an effect is remembered: longer than any retry, replay or late webhook that we mean to survive. */
export const MEMORY_SECONDS = 7 * 24 * 60 * 60;

/**
 * Runs `act` once for `key`, within {@link MEMORY_SECONDS}, for effects whose receiver knows no idempotency id. When an
 * earlier run died between acting and remembering, `happened` asks the other side before acting again. A failing `act` is
 * asked about the same way next time, since it too may have taken effect.
 */
export type DoOnce = (
  key: string,
  effect: { act: () => Promise<void>; happened: () => Promise<boolean> },
) => Promise<void>;

export const createDoOnce =
  ({ redis, namespace }: { redis: Redis; namespace: string }): DoOnce =>
  async (key, { act, happened }) => {
    const name = `${namespace}:once:${key}`;
    const isFirst = (await redis.set(name, 'begun', 'EX', MEMORY_SECONDS, 'NX')) === 'OK';
    if (!isFirst && (await redis.get(name)) === 'done') return;
    if (isFirst || !(await happened())) await act();
    await redis.set(name, 'done', 'EX', MEMORY_SECONDS);
  };
