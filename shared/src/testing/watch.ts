import { setTimeout as pause } from 'node:timers/promises';

/** Lets a test wait for what happens instead of for time: `changed()` where something happens, `until()` where it matters. */
export function createWatch() {
  let wake = () => {};
  let change = new Promise<void>((resolve) => {
    wake = resolve;
  });

  return {
    changed() {
      wake();
      change = new Promise<void>((resolve) => {
        wake = resolve;
      });
    },

    /** Resolves when `condition` holds, asked at every change and, for what happens elsewhere, 20 times a second. Rejects after `withinMs`. */
    async until(condition: () => boolean | Promise<boolean>, what: string, withinMs = 25_000): Promise<void> {
      const deadline = Date.now() + withinMs;
      while (!(await condition())) {
        if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
        const done = new AbortController();
        await Promise.race([change, pause(50, undefined, { signal: done.signal }).catch(() => undefined)]);
        done.abort();
      }
    },
  };
}
