import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { RawRequest } from '../raw-request.ts';
import { contentType, type Header, json, oddHeader } from './headers.ts';

/** How a POST of JSON travels; `plain` when it does so as it should. */
export interface Transport {
  readonly plain: boolean;
  readonly what: string;
  readonly wrapped: (target: string, body: Buffer) => RawRequest;
}

const MIB = 1_048_576;
const BOMB = gzipSync(Buffer.alloc(4 * MIB, '{"a":1}'));

const METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'post', 'NONSENSE'];
const SUFFIXES = [
  '?',
  '?a=1&a=2&__proto__[a]=1',
  '/',
  '//',
  '/..',
  '/%2e%2e/',
  '%00',
  '%ff',
  '%C3%28',
  '%2F',
  ';a=b',
  '#f',
  '\\',
  '?q=%',
  '?q=%zz',
];

/** Names what it does to a request, so that a failure can be read. */
const odd = (what: string, wrapped: Transport['wrapped']): Transport => ({ plain: false, what, wrapped });

const post = (target: string, body: Buffer, headers: readonly Header[] = [json]): RawRequest => ({
  method: 'POST',
  target,
  headers,
  body,
});

const chunked = (target: string, body: Buffer): RawRequest => ({
  method: 'POST',
  target,
  bare: true,
  headers: [['host', 'parley.example'], ['connection', 'close'], ['transfer-encoding', 'chunked'], json],
  body: Buffer.concat([
    ...(body.length > 0 ? [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')] : []),
    Buffer.from('0\r\n\r\n'),
  ]),
});

const bytes = fc
  .tuple(
    fc.constantFrom('insert', 'cut', 'mark', 'twice', 'UTF-16', 'another request behind it', 'nothing', 'a space'),
    fc.nat(),
    fc.uint8Array({ minLength: 1, maxLength: 4 }),
  )
  .map(([kind, at, inserted]) =>
    odd(`${kind} ${at} ${inserted.join()}`, (target, body) => {
      const where = at % (body.length + 1);
      const changed = {
        insert: () => Buffer.concat([body.subarray(0, where), inserted, body.subarray(where)]),
        cut: () => body.subarray(0, where),
        mark: () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]),
        twice: () => Buffer.concat([body, body]),
        'UTF-16': () => Buffer.from(body.toString(), 'utf16le'),
        'another request behind it': () =>
          Buffer.concat([body, Buffer.from('POST /v1/events HTTP/1.1\r\nhost: a\r\n\r\n')]),
        nothing: () => Buffer.alloc(0),
        'a space': () => Buffer.from(' '),
      }[kind]();
      return post(target, changed);
    }),
  );

const megabyte = fc
  .constantFrom(MIB - 1, MIB, MIB + 1)
  .map((length) =>
    odd(`${length} bytes`, (target, body) =>
      post(target, Buffer.concat([body, Buffer.alloc(Math.max(0, length - body.length), ' ')])),
    ),
  );

const heavy = fc.oneof(
  megabyte,
  fc.constantFrom(
    odd('gzip', (target, body) => post(target, gzipSync(body), [json, ['content-encoding', 'gzip']])),
    odd('deflate', (target, body) => post(target, deflateSync(body), [json, ['content-encoding', 'deflate']])),
    odd('a bomb', (target) => post(target, BOMB, [json, ['content-encoding', 'gzip']])),
    odd('a bomb that says nothing', (target) => post(target, BOMB)),
    odd('no gzip', (target, body) => post(target, body, [json, ['content-encoding', 'gzip']])),
  ),
);

const light = fc.oneof(
  fc.constantFrom(...METHODS).map((method) => odd(method, (target, body) => ({ ...post(target, body), method }))),
  fc.constantFrom(...SUFFIXES).map((suffix) => odd(suffix, (target, body) => post(target + suffix, body))),
  contentType.map((header) => odd(header.join(), (target, body) => post(target, body, [header]))),
  fc
    .array(oddHeader, { minLength: 1, maxLength: 3 })
    .map((headers) => odd(headers.join(' | '), (target, body) => post(target, body, [json, ...headers]))),
  bytes,
);

const plain = fc.constantFrom<Transport[]>(
  { plain: true, what: 'a length', wrapped: post },
  { plain: true, what: 'chunks', wrapped: chunked },
);

export const transport: fc.Arbitrary<Transport> = fc.oneof(
  { weight: 100, arbitrary: plain },
  { weight: 40, arbitrary: light },
  { weight: 1, arbitrary: heavy },
);
