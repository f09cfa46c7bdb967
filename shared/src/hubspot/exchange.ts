import { networkCodeOf, neverSent } from '../http/network-error.ts';

/** One answer of HubSpot's, read to its end. Header names are in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** HubSpot answered, and not with 2xx. Stays within this folder: `failure-of.ts` makes a failure of it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`HubSpot answered ${answer.status}`);
    this.answer = answer;
  }
}

/** No answer, or none that can be read. Stays within this folder, like {@link Refusal}. */
export class LostAnswer extends Error {
  override readonly name = 'LostAnswer';
  /** Is it known that HubSpot did not get the request? */
  readonly certain: boolean;

  constructor(message: string, details: { certain: boolean; cause?: unknown }) {
    super(message, { cause: details.cause });
    this.certain = details.certain;
  }
}

/**
 * Sends one request and reads the whole answer, both within `timeoutMs`; afterwards the socket is given up. Redirects are not
 * followed, since fetch would make a GET of a POST. Throws {@link Refusal} or {@link LostAnswer}.
 */
export async function exchange(url: string | URL, init: RequestInit, timeoutMs: number): Promise<Answer> {
  const answer = await answerTo(url, init, timeoutMs);
  if (answer.status < 200 || answer.status > 299) throw new Refusal(answer);
  return answer;
}

async function answerTo(url: string | URL, init: RequestInit, timeoutMs: number): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
  } catch (cause) {
    throw lostAnswer(cause, { signal, timeoutMs });
  }
}

/** What became of a request that ended in `cause` instead of an answer. `signal` is the one that ends it after `timeoutMs`. */
export function lostAnswer(
  cause: unknown,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): LostAnswer {
  if (signal.aborted) return new LostAnswer(`no answer within ${timeoutMs} ms`, { certain: false, cause });
  const code = networkCodeOf(cause);
  // Without a code it is no network error, and fetch may quote a header that it could not send: the token.
  if (code === undefined) return new LostAnswer('the request could not be made', { certain: false });
  return new LostAnswer(`the connection failed (${code})`, { certain: neverSent(code), cause });
}
