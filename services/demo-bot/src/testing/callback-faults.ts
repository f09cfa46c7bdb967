import type { RequestHandler } from 'express';

/** Makes the callback answer badly, as a bot in trouble would. */
export interface CallbackFaults {
  /**
   * The next `times` calls (1 unless told; `Infinity` until the next `answer`) get `status` and are not looked at.
   * `retryAfter` goes out as the header, in seconds. A new call replaces the one before; `times: 0` ends it.
   */
  answer(status: number, options?: { retryAfter?: number; times?: number }): void;
  /** The next call is taken and never answered. Resolves when it has been taken. */
  loseAnswer(): Promise<void>;
}

export function createCallbackFaults(): { faults: CallbackFaults; middleware: RequestHandler } {
  let lose: (() => void) | undefined;
  let planned: { status: number; retryAfter: number | undefined; left: number } | undefined;
  return {
    faults: {
      answer(status, { retryAfter, times = 1 } = {}) {
        planned = { status, retryAfter, left: times };
      },
      loseAnswer: () =>
        new Promise((resolve) => {
          lose = resolve;
        }),
    },
    middleware(_request, response, next) {
      if (lose) {
        const taken = lose;
        lose = undefined;
        response.sendStatus = () => {
          taken();
          return response;
        };
        return next();
      }
      if (!planned || planned.left <= 0) return next();
      planned.left -= 1;
      if (planned.retryAfter !== undefined) response.set('retry-after', String(planned.retryAfter));
      response.sendStatus(planned.status);
    },
  };
}
