import { networkCodeOf } from '@parley/shared/http/network-error';

/** Bounds each look at our own ends, so that the whole list takes seconds. */
const TIMEOUT_MS = 5_000;

/** The status of the answer, or why there is none. */
export async function statusOf(url: string, init: RequestInit = {}): Promise<number | string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(url, { redirect: 'manual', ...init, signal });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    return signal.aborted ? `no answer within ${TIMEOUT_MS / 1_000} s` : (networkCodeOf(error) ?? 'no connection');
  }
}

export const isSuccess = (status: number | string): boolean =>
  typeof status === 'number' && status >= 200 && status < 300;

/** Of an event that means nothing: whoever does not know it has to take it and to do nothing. */
export const TEST_TYPE = 'parley.test';
