/** Long enough for a delivery with a few retries; a bound, never awaited when all is well. */
const BOUND_MS = 15_000;

/**
 * Resolves with the first value of `look` that is not undefined: now, or after one of the changes that `watch` reports.
 * Rejects after `withinMs`, saying what was waited for.
 */
export function until<T>(deps: {
  what: string;
  look(): T | undefined;
  watch(listener: () => void): () => void;
  withinMs?: number;
}): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const withinMs = deps.withinMs ?? BOUND_MS;
  const check = () => {
    try {
      const found = deps.look();
      if (found !== undefined) resolve(found);
    } catch (error) {
      reject(error);
    }
  };
  const stop = deps.watch(check);
  const bound = setTimeout(() => reject(new Error(`${deps.what} did not happen within ${withinMs} ms`)), withinMs);
  check();
  return promise.finally(() => {
    clearTimeout(bound);
    stop();
  });
}
