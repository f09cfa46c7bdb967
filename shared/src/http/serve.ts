import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { ConfigError } from '../config/load-config.ts';
import { networkCodeOf } from './network-error.ts';

export interface Served extends AsyncDisposable {
  /** `http://127.0.0.1:3000`, with the port that the system chose when 0 was asked for. */
  readonly url: string;
}

/**
 * Serves `handler` and resolves when the port is open; rejects when it is taken.
 * Disposing refuses new connections, lets the requests in hand finish for `graceMs`, then cuts what is left.
 */
export async function serve(
  handler: RequestListener,
  { port, host = '0.0.0.0', graceMs = 5_000 }: { port: number; host?: string | undefined; graceMs?: number },
): Promise<Served> {
  // A request that trickles in holds a socket, not a thread: 10 s for all of it is generous for a megabyte.
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 65_000 }, handler);
  let closing = false;
  // `close` leaves alone a connection with a request in hand, and would wait for its client to give it up afterwards.
  server.on('request', (_request, response) => {
    response.once('close', () => closing && server.closeIdleConnections());
  });
  server.listen(port, host);
  await once(server, 'listening').catch((error: unknown) => {
    if (networkCodeOf(error) === 'EADDRINUSE')
      throw new ConfigError(`port ${port} is taken: end what has it, or choose another`);
    throw error;
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error(`no TCP address after listening on ${host}:${port}`);

  return {
    url: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${address.port}`,
    async [Symbol.asyncDispose]() {
      closing = true;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
}
