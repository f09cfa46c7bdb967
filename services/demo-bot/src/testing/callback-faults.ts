import type { RequestHandler } from 'express';

/** Makes the callback answer badly, as a bot in trouble would. */
export interface CallbackFaults {
  /**
   * The next `times` calls (1 unless told; `Infinity` until the next `answer`) get `status` and are not looked at.
   * `retryAfter` goes out as the header, in seconds. A new call replaces the one before; `times: 0` ends it.
   */
  answer(status: number, options?: { retryAfter?: number; times?: number }): void;
}

export function createCallbackFaults(): { faults: CallbackFaults; middleware: RequestHandler } {
  let planned: { status: number; retryAfter: number | undefined; left: number } | undefined;
  return {
    faults: {
      answer(status, { retryAfter, times = 1 } = {}) {
        planned = { status, retryAfter, left: times };
      },
    },
    middleware(_request, response, next) {
      if (!planned || planned.left <= 0) return next();
      planned.left -= 1;
      if (planned.retryAfter !== undefined) response.set('retry-after', String(planned.retryAfter));
      response.sendStatus(planned.status);
    },
  };
}
