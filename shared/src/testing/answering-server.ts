import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as textOf } from 'node:stream/consumers';

export interface Heard {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** JSON parsed, other content as it came; nothing when the request had no body. */
  readonly body: unknown;
}

/** `reset` takes the request and cuts the connection, `hang` never answers, `stall` stops in the middle of the body. */
export type Reply =
  | 'reset'
  | 'hang'
  | 'stall'
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown };

export interface AnsweringServer extends AsyncDisposable {
  readonly url: string;
  readonly heard: Heard[];
  /** Resolves when the other side gives up the connection of a `hang` or `stall`. */
  readonly givenUp: Promise<void>;
}

/** A real HTTP server for tests that plays one reply after the other, and the last one for ever. */
export async function startAnsweringServer(...replies: readonly [Reply, ...Reply[]]): Promise<AnsweringServer> {
  const heard: Heard[] = [];
  const { promise: givenUp, resolve: gaveUp } = Promise.withResolvers<void>();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const text = await textOf(request);
    const { method = '', url = '', headers } = request;
    heard.push({ method, url, headers, body: bodyOf(headers, text) });
    const reply = replies[Math.min(heard.length, replies.length) - 1] ?? replies[0];
    if (reply === 'hang' || reply === 'stall') request.socket.once('close', () => gaveUp());
    play(reply, response);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => response.destroy(error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    heard,
    givenUp,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function bodyOf(headers: IncomingHttpHeaders, text: string): unknown {
  if (text === '') return undefined;
  return headers['content-type']?.includes('json') ? JSON.parse(text) : text;
}

function play(reply: Reply, response: ServerResponse): void {
  if (reply === 'hang') return;
  if (reply === 'reset') return void response.socket?.destroy();
  if (reply === 'stall') return void response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
  const { status, headers = { 'content-type': 'application/json' }, body = '' } = reply;
  response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
}
