import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setImmediate as breathe } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { PortalId } from '../contracts/ids.ts';
import { RetryableError, TerminalError } from '../failures.ts';
import { startAnsweringServer } from '../testing/answering-server.ts';
import { staticToken } from './access-token.ts';
import { createHubSpotApi } from './api.ts';
import { createFilesClient } from './files.ts';
import { noOutages, openBudget } from './open-budget.ts';

const clientOf = (apiUrl: string, timeoutMs = 5_000, budget = openBudget()) =>
  createFilesClient(
    createHubSpotApi({
      apiUrl,
      tokens: staticToken('token'),
      portalId: PortalId.parse('1'),
      budget,
      outages: noOutages,
      timeoutMs,
    }),
  );

const brokenOff = () => undefined;

/** A server that reads an upload as any other would: with the platform's own parser of forms. */
async function startFileServer() {
  const uploads: { headers: IncomingHttpHeaders; form: FormData }[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then(async (body) => {
      const headers = { 'content-type': request.headers['content-type'] ?? '' };
      const form = await new Response(new Uint8Array(body), { headers }).formData();
      uploads.push({ headers: request.headers, form });
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":1227}');
    }, brokenOff);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    uploads,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function* chunks(...texts: string[]) {
  for (const text of texts) {
    await breathe();
    yield Buffer.from(text);
  }
}

const PHOTO = { name: 'Grüße 👋.png', contentType: 'image/png', folder: '/Parley/h-1' };

describe('an upload', () => {
  test.each([8, undefined])('of %p bytes known before is a form with one private file', async (length) => {
    await using server = await startFileServer();
    const id = await clientOf(server.url).uploadFile({ ...PHOTO, length, content: chunks('four', '\r\n--') });
    expect(id).toBe('1227');
    const [upload] = server.uploads;
    const file = upload?.form.get('file');
    if (!(file instanceof File)) throw new Error('no file arrived');
    expect([file.name, file.type, await file.text()]).toEqual([PHOTO.name, PHOTO.contentType, 'four\r\n--']);
    expect(upload?.form.get('options')).toContain('"access":"PRIVATE"');
    expect(upload?.form.get('folderPath')).toBe('/Parley/h-1');
    expect(upload?.form.get('fileName')).toBe(PHOTO.name);
    expect(upload?.headers.authorization).toBe('Bearer token');
    if (length === undefined) expect(upload?.headers['transfer-encoding']).toBe('chunked');
    else expect(Number(upload?.headers['content-length'])).toBeGreaterThan(length);
  });

  test('whose content breaks off stores nothing, and ends no pause', async () => {
    await using server = await startFileServer();
    async function* broken() {
      yield* chunks('half');
      throw new Error('the source is gone');
    }
    const ends: string[] = [];
    const budget = openBudget({
      take: async () => 'probe',
      stateOf: async (portalId) => ({ portalId, since: 0, until: 0, why: 'too many calls (429)' }),
      open: async () => void ends.push('over'),
      block: async (_, { why }) => void ends.push(why),
    });
    const upload = clientOf(server.url, 5_000, budget).uploadFile({ ...PHOTO, content: broken() });
    await expect(upload).rejects.toThrow(RetryableError);
    expect(ends).toEqual(['too many calls (429)']);
    await expect(
      clientOf(server.url, 300).uploadFile({ ...PHOTO, length: 99, content: chunks('short') }),
    ).rejects.toThrow(RetryableError);
    expect(server.uploads).toEqual([]);
  });

  test('of many chunks is sent at the pace at which it is read: few are under way, however many there are', async () => {
    const held = Promise.withResolvers<void>();
    const server = createServer((request, response) => {
      void held.promise.then(async () => {
        await buffer(request);
        response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"1"}');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    let made = 0;
    const chunk = Buffer.alloc(65_536);
    async function* endless() {
      for (; made < 1_000; made += 1) yield chunk;
    }
    const client = clientOf(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, 20_000);
    const upload = client.uploadFile({ ...PHOTO, content: endless() });
    // It stands still once the buffers of both sides are full, those of the system among them.
    const quiet = async () => {
      const before = made;
      for (let turns = 0; turns < 200; turns += 1) await breathe();
      return made === before && made > 0;
    };
    while (!(await quiet()));
    expect(made).toBeLessThan(500);
    held.resolve();
    expect(await upload).toBe('1');
    expect(made).toBe(1_000);
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  test('that HubSpot refuses before it has read all is over at once', async () => {
    const server = createServer((_request, response) => void response.writeHead(413).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const ended = Promise.withResolvers<void>();
    async function* endless() {
      try {
        for (;;) {
          await breathe();
          yield Buffer.alloc(65_536);
        }
      } finally {
        ended.resolve();
      }
    }
    const client = clientOf(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    await expect(client.uploadFile({ ...PHOTO, content: endless() })).rejects.toThrow();
    await ended.promise;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  test('that HubSpot refuses is terminal, and its name is not repeated', async () => {
    await using server = await startAnsweringServer({
      status: 400,
      body: { status: 'error', message: 'File Ada.png is bad', category: 'VALIDATION_ERROR' },
    });
    const upload = clientOf(server.url).uploadFile({ ...PHOTO, name: 'Ada.png', content: (async function* () {})() });
    const failure = await upload.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TerminalError);
    expect(String(failure)).not.toContain('Ada');
  });
});

test('a link is asked for with the time that it shall live', async () => {
  await using server = await startAnsweringServer({
    status: 200,
    body: { url: 'https://f.hubspot.com/x?s=1', expiresAt: '2026-11-02T10:00:00Z' },
  });
  expect(await clientOf(server.url).signFile('12', { seconds: 60 })).toBe('https://f.hubspot.com/x?s=1');
  expect(server.heard).toMatchObject([{ method: 'GET', url: '/files/v3/files/12/signed-url?expirationSeconds=60' }]);
});

test('without the scope for files an upload and a link fail for good, and the portal is not paused for them', async () => {
  await using server = await startAnsweringServer({
    status: 403,
    body: { status: 'error', message: 'This app lacks scopes', category: 'MISSING_SCOPES' },
  });
  const pauses: unknown[] = [];
  const budget = openBudget({ block: async (...pause) => void pauses.push(pause) });
  const client = clientOf(server.url, 5_000, budget);
  await expect(client.uploadFile({ ...PHOTO, content: chunks('bytes') })).rejects.toThrow(TerminalError);
  await expect(client.signFile('12', { seconds: 60 })).rejects.toThrow(TerminalError);
  await expect(client.signFile('12', { seconds: 60 })).rejects.toThrow('the app needs the scope files');
  expect(pauses).toEqual([]);
});
