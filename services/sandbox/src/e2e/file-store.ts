import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

export interface FileStore extends AsyncDisposable {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly asked: string[];
}

/** Where a bot keeps its visitors' files: on this machine, as the sandbox allows it. A path that is not listed is 404. */
export async function startFileStore(paths: Record<string, RequestListener>): Promise<FileStore> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { url = '' } = request;
    asked.push(url);
    const listener = paths[url];
    if (listener) listener(request, response);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server listens on no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export const file =
  (contentType: string, content: string): RequestListener =>
  (_request, response) =>
    void response
      .writeHead(200, { 'content-type': contentType, 'content-length': Buffer.byteLength(content) })
      .end(content);
