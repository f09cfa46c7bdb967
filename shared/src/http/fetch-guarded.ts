import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { createGuard, type GuardSettings } from './fetch-guard.ts';
import { Unfetchable } from './unfetchable.ts';

export interface FetchGuardedSettings extends GuardSettings {
  readonly maxBytes: number;
  /** From the first lookup to the last byte, redirects included. */
  readonly timeoutMs: number;
}

export interface FetchedFile extends Disposable {
  /** As the answer has it, without parameters; absent when it says nothing. */
  readonly contentType: string | undefined;
  /** Bytes, where the answer says so. */
  readonly length: number | undefined;
  /** Read it once, to its end, at whatever pace. Throws {@link Unfetchable} when it is too long, too slow or breaks off. */
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Gets a file from an address that a stranger may have chosen: http(s) only, from public addresses only save for the hosts that
 * are allowed, at every redirect and at the moment of connecting. No cookies, no login, no kept connection. Resolves when the
 * headers are there; throws {@link Unfetchable}.
 */
export type FetchGuarded = (url: string) => Promise<FetchedFile>;

const MAX_REDIRECTS = 3;

export const createFetchGuarded =
  (settings: FetchGuardedSettings): FetchGuarded =>
  async (address) => {
    const signal = AbortSignal.timeout(settings.timeoutMs);
    let url = URL.parse(address);
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      if (!url) throw final('its address cannot be read');
      const answer = await ask(url, settings, signal);
      const { statusCode = 0 } = answer;
      if (statusCode === 200) return fileIn(answer, settings, signal);
      answer.destroy();
      if (statusCode < 300 || statusCode > 399 || statusCode === 304) throw refusal(statusCode);
      const { location } = answer.headers;
      url = location === undefined ? null : URL.parse(location, url.href);
    }
    throw final(`its address leads on more than ${MAX_REDIRECTS} times`);
  };

function ask(url: URL, settings: FetchGuardedSettings, signal: AbortSignal): Promise<IncomingMessage> {
  const guard = createGuard(url, settings);
  guard.admit(url);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const headers = { accept: '*/*', 'accept-encoding': 'identity' };
  request(url, { agent: false, headers, lookup: guard.lookup, signal }, resolve)
    .on('error', (error) => reject(unfetchable(error, signal)))
    .end();
  return promise;
}

function fileIn(answer: IncomingMessage, { maxBytes }: FetchGuardedSettings, signal: AbortSignal): FetchedFile {
  const { headers } = answer;
  const length = headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
  const giveUp = (reason: string) => {
    answer.destroy();
    return final(reason);
  };
  if (length !== undefined && length > maxBytes) throw giveUp(tooLarge(maxBytes));
  if (length === 0) throw giveUp('it is empty');
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity')
    throw giveUp('it came compressed');
  // Until somebody reads, whose loop then throws it; without a listener it would end the process.
  answer.on('error', () => undefined);

  async function* content() {
    let bytes = 0;
    try {
      for await (const chunk of answer) {
        bytes += chunk.length;
        if (bytes > maxBytes) throw final(tooLarge(maxBytes));
        yield chunk;
      }
    } catch (error) {
      throw unfetchable(error, signal);
    }
  }
  return {
    contentType: headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() || undefined,
    length,
    content: content(),
    [Symbol.dispose]: () => void answer.destroy(),
  };
}

/** Not there yet, in the words of those who keep files: still being made, still being scanned, too busy. */
const LATER = new Set([202, 204, 404, 408, 425, 429]);

const refusal = (status: number) =>
  new Unfetchable(`its address answered ${status}`, { later: LATER.has(status) || status >= 500 });

const final = (reason: string) => new Unfetchable(reason, { later: false });

const tooLarge = (maxBytes: number) => `too large, the limit is ${Math.floor(maxBytes / 1_000_000)} MB`;

function unfetchable(error: unknown, signal: AbortSignal): Unfetchable {
  if (error instanceof Unfetchable) return error;
  if (signal.aborted) return new Unfetchable('it took too long', { later: true, cause: error });
  return new Unfetchable('the connection failed', { later: true, cause: error });
}
