import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createFetchGuarded, type FetchGuardedSettings } from './fetch-guarded.ts';
import { Unfetchable } from './unfetchable.ts';

const stack: AsyncDisposable[] = [];
afterEach(async () => {
  for (const server of stack.splice(0)) await server[Symbol.asyncDispose]();
});

/** A real server on this machine, as `host:port`. */
async function serve(listener: RequestListener, host = '127.0.0.1'): Promise<string> {
  const server = createServer(listener).listen(0, host);
  await once(server, 'listening');
  stack.push({
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

const file: RequestListener = (_request, response) =>
  void response.writeHead(200, { 'content-type': 'Image/PNG; x=y', 'content-length': 5 }).end('bytes');

const fetcher = (settings: Partial<FetchGuardedSettings> = {}) =>
  createFetchGuarded({ allowedHosts: [], maxBytes: 1_000_000, timeoutMs: 5_000, ...settings });

/** The whole file as text, or why not. */
async function read(url: string, settings: Partial<FetchGuardedSettings> = {}): Promise<string> {
  try {
    using fetched = await fetcher(settings)(url);
    const chunks = [];
    for await (const chunk of fetched.content) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  } catch (error) {
    if (!(error instanceof Unfetchable)) throw error;
    return `${error.later ? 'later' : 'never'}: ${error.message}`;
  }
}

const NOT_PUBLIC = 'never: its address is not on the public internet';

describe('an address that is not public is never connected to', () => {
  test.each([
    'http://127.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://0/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://017700000001/',
    'https://10.0.0.1/',
  ])('%s', async (url) => {
    expect(await read(url)).toBe(NOT_PUBLIC);
  });

  test('by a name that leads to this machine', async () => {
    const { port } = new URL(`http://${await serve(file)}`);
    expect(await read(`http://localhost:${port}/`)).toBe(NOT_PUBLIC);
  });

  test('by a name of which one address among many is private, whatever it was a moment ago', async () => {
    const host = await serve(file);
    const { port } = new URL(`http://${host}`);
    let asked = 0;
    const lookup: FetchGuardedSettings['lookup'] = (_hostname, _options, callback) => {
      asked += 1;
      callback(null, [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    };
    expect(await read(`http://rebinding.example:${port}/`, { lookup })).toBe(NOT_PUBLIC);
    expect(asked).toBe(1);
  });

  test('by a redirect', async () => {
    let asked = 0;
    const inside = await serve((request, response) => {
      asked += 1;
      file(request, response);
    });
    for (const location of [`http://${inside}/`, 'http://[::1]/', 'http://169.254.169.254/']) {
      const host = await serve((_request, response) => void response.writeHead(302, { location }).end());
      expect(await read(`http://${host}/`, { allowedHosts: [host] })).toBe(NOT_PUBLIC);
    }
    expect(asked).toBe(0);
  });

  test.each([
    ['ftp://x.example/a', 'never: its address is neither http nor https'],
    ['file:///etc/passwd', 'never: its address is neither http nor https'],
    ['http://me:secret@x.example/', 'never: its address holds a name and a password'],
    ['nonsense', 'never: its address cannot be read'],
  ])('nor %s', async (url, why) => {
    expect(await read(url)).toBe(why);
  });
});

describe('a host that is allowed', () => {
  test('is read, by name or by name and port, and through its redirects', async () => {
    const host = await serve((request, response) => {
      if (request.url === '/file') return file(request, response);
      response.writeHead(301, { location: '/file' }).end();
    });
    expect(await read(`http://${host}/`, { allowedHosts: [host] })).toBe('bytes');
    expect(await read(`http://${host}/`, { allowedHosts: ['127.0.0.1'] })).toBe('bytes');
    expect(await read(`http://${host}/`, { allowedHosts: ['127.0.0.1:1'] })).toBe(NOT_PUBLIC);
  });

  test('tells type and length', async () => {
    const host = await serve(file);
    using fetched = await fetcher({ allowedHosts: [host] })(`http://${host}/`);
    expect(fetched).toMatchObject({ contentType: 'image/png', length: 5 });
  });

  test.each<[string, RequestListener]>([
    [
      'never: its address leads on more than 3 times',
      (_, response) => void response.writeHead(307, { location: '/' }).end(),
    ],
    ['never: its address cannot be read', (_, response) => void response.writeHead(302).end()],
    ['later: its address answered 404', (_, response) => void response.writeHead(404).end()],
    ['later: its address answered 503', (_, response) => void response.writeHead(503).end()],
    ['later: its address answered 202', (_, response) => void response.writeHead(202).end()],
    ['never: its address answered 403', (_, response) => void response.writeHead(403).end()],
    [
      'never: it came compressed',
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
    ],
    ['never: it is empty', (_, response) => void response.writeHead(200, { 'content-length': 0 }).end()],
    [
      'never: too large, the limit is 1 MB',
      (_, response) => void response.writeHead(200, { 'content-length': 1_000_001 }).end(),
    ],
    ['never: too large, the limit is 1 MB', (_, response) => void response.writeHead(200).end('x'.repeat(1_000_001))],
    [
      'later: the connection failed',
      (_, response) => {
        response.writeHead(200, { 'content-length': 10 }).write('short');
        setImmediate(() => response.destroy());
      },
    ],
    ['later: the connection failed', (request) => void request.socket.destroy()],
  ])('%s', async (why, listener) => {
    const host = await serve(listener);
    expect(await read(`http://${host}/`, { allowedHosts: [host] })).toBe(why);
  });

  test.each<[string, RequestListener]>([
    ['does not answer', () => undefined],
    ['stops in the middle', (_, response) => void response.writeHead(200, { 'content-length': 10 }).write('short')],
    [
      'drips',
      (_, response) => {
        const drip = setInterval(() => response.write('x'), 5);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('and %s takes too long', async (_, listener) => {
    const host = await serve(listener);
    expect(await read(`http://${host}/`, { allowedHosts: [host], timeoutMs: 100 })).toBe('later: it took too long');
  });
});
