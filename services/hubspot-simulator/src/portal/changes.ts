import { EventEmitter } from 'node:events';

/** The signal that something in the simulator changed, so that nobody has to sleep. */
export interface Changes {
  /** Says that something changed. Listeners look for themselves what it was. */
  readonly emit: () => void;
  /** Calls `listener` after each change until the returned function is called. */
  readonly listen: (listener: () => void) => () => void;
  /**
   * Waits until `read` gives something truthy, and gives that. Looks at once and after each change.
   * Rejects after `timeoutMs` (10 s when not given), and with whatever `read` throws.
   */
  readonly until: <T>(read: () => T, options?: { readonly timeoutMs?: number }) => Promise<NonNullable<T>>;
}

const A_TEST_HAS_FAILED_MS = 10_000;

export function createChanges(): Changes {
  const emitter = new EventEmitter().setMaxListeners(0);
  const listen = (listener: () => void) => {
    emitter.on('change', listener);
    return () => void emitter.off('change', listener);
  };
  return {
    emit: () => void emitter.emit('change'),
    listen,
    until: (read, { timeoutMs = A_TEST_HAS_FAILED_MS } = {}) =>
      new Promise((resolve, reject) => {
        const finish = (act: () => void) => {
          clearTimeout(timer);
          stop();
          act();
        };
        const look = () => {
          try {
            const seen = read();
            if (seen) finish(() => resolve(seen));
          } catch (error) {
            finish(() => reject(error));
          }
        };
        const timer = setTimeout(
          () =>
            finish(() =>
              reject(new Error(`the simulator did not come to it within ${timeoutMs} ms: ${read.toString()}`)),
            ),
          timeoutMs,
        );
        const stop = listen(look);
        look();
      }),
  };
}
