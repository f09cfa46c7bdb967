import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type Answer, lostAnswer, Refusal } from './exchange.ts';

export interface StreamedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * `exchange` for a body that comes in chunks: posts it at the pace at which HubSpot reads, with a few chunks in memory. Not by
 * fetch, which keeps the whole body as long as it may have to repeat it for a redirect. An answer that comes before the body
 * has ended counts, and the rest is not sent; a body that breaks off breaks the request off.
 */
export async function streamedExchange(
  url: string | URL,
  { headers, body }: StreamedRequest,
  timeoutMs: number,
): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answered = Promise.withResolvers<IncomingMessage>();
    const request = open(new URL(url), { headers, signal }, answered.resolve);
    request.on('error', answered.reject);
    void pipeline(Readable.from(body, { objectMode: false }), request).catch(answered.reject);
    const response = await answered.promise;
    const answer = { status: response.statusCode ?? 0, headers: flat(response), text: await textOf(response) };
    request.destroy();
    if (answer.status < 200 || answer.status > 299) throw new Refusal(answer);
    return answer;
  } catch (cause) {
    throw cause instanceof Refusal ? cause : lostAnswer(cause, { signal, timeoutMs });
  }
}

function open(
  url: URL,
  { headers, signal }: Pick<StreamedRequest, 'headers'> & { signal: AbortSignal },
  answered: (response: IncomingMessage) => void,
): ClientRequest {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return request(url, { method: 'POST', headers, agent: false, signal }, answered);
}

const flat = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
