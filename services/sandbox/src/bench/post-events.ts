import { Pool } from 'undici';

export interface Posting {
  readonly url: string;
  /** The bot's token; whoever asks for none takes it too. */
  readonly token: string;
  readonly connections: number;
  readonly requests: number;
  /** The body of the next request. */
  readonly body: () => string;
}

/** Posts one request after the other on each connection. Resolves with the milliseconds it took; throws on any answer but 202. */
export async function postEvents({ url, token, connections, requests, body }: Posting): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const pool = stack.adopt(new Pool(url, { connections }), (opened) => opened.close());
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  let left = requests;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left > 0) {
        left -= 1;
        const answer = await pool.request({ path: '/v1/events', method: 'POST', headers, body: body() });
        const said = await answer.body.text();
        if (answer.statusCode !== 202) throw new Error(`${url} answered ${answer.statusCode}: ${said}`);
      }
    }),
  );
  return performance.now() - startedAt;
}
