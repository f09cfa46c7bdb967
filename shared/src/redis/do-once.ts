import type { Redis } from 'ioredis';
import { NotYet } from '../failures.ts';

/** How long an effect is remembered: longer than any retry, replay or late webhook that we mean to survive. */
export const MEMORY_SECONDS = 7 * 24 * 60 * 60;

/** Longer than a call may last: after it, what the other side was asked for stands there or never will. */
const SETTLED_MS = 15_000;

/** A call that failed sooner has ended on the other side too. */
const ENDED_MS = 5_000;

/**
 * Runs `act` once for `key`, within {@link MEMORY_SECONDS}, for effects whose receiver knows no idempotency id. When an
 * earlier run died between acting and remembering, `happened` asks the other side before acting again. A failing `act` is
 * asked about the same way next time, since it too may have taken effect. Throws {@link NotYet} as long as an earlier run may
 * still be under way.
 */
export type DoOnce = (
  key: string,
  effect: { act: () => Promise<void>; happened: () => Promise<boolean> },
) => Promise<void>;

export const createDoOnce =
  ({ redis, namespace }: { redis: Redis; namespace: string }): DoOnce =>
  async (key, { act, happened }) => {
    const name = `${namespace}:once:${key}`;
    const remember = (what: string) => redis.set(name, what, 'EX', MEMORY_SECONDS);
    const startedAt = Date.now();

    if (!(await redis.set(name, `begun ${startedAt}`, 'EX', MEMORY_SECONDS, 'NX'))) {
      const [state, begunAt] = ((await redis.get(name)) ?? '').split(' ');
      if (state === 'done') return;
      const settledInMs = Number(begunAt) + SETTLED_MS - startedAt;
      if (settledInMs > 0) throw new NotYet('an earlier attempt may be under way', settledInMs);
      if (await happened()) return void (await remember('done'));
      await remember(`begun ${startedAt}`);
    }

    try {
      await act();
    } catch (error) {
      if (Date.now() - startedAt < ENDED_MS) await remember('begun 0');
      throw error;
    }
    await remember('done');
  };
