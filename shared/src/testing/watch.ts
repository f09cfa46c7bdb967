import { setTimeout as pause } from 'node:timers/promises';

export type Watch = ReturnType<typeof createWatch>;

/** Lets a test wait for what happens instead of for time: `changed()` where something happens, `until()` where it matters. */
export function createWatch() {
  let change = Promise.withResolvers<void>();

  return {
    changed: () => {
      change.resolve();
      change = Promise.withResolvers<void>();
    },

    /** Resolves when `condition` holds, asked at every change and, for what happens elsewhere, 20 times a second. Rejects after `withinMs`. */
    until: async (condition: () => boolean | Promise<boolean>, what: string, withinMs = 25_000): Promise<void> => {
      const deadline = Date.now() + withinMs;
      while (!(await condition())) {
        if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
        const done = new AbortController();
        await Promise.race([change.promise, pause(50, undefined, { signal: done.signal }).catch(() => undefined)]);
        done.abort();
      }
    },
  };
}
