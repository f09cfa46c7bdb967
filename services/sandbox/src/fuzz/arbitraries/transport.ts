import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { RawRequest } from '../raw-request.ts';
import { hostileText } from './hostile.ts';

/** How a POST of JSON travels; `plain` when it does so as it should. */
export interface Transport {
  readonly plain: boolean;
  readonly what: string;
  readonly wrapped: (target: string, body: Buffer) => RawRequest;
}

const MIB = 1_048_576;
const BOMB = gzipSync(Buffer.alloc(4 * MIB, '{"a":1}'));

type Header = readonly [name: string, value: string];

/** As bytes of a header can be: a server sees Latin-1, and a line break would begin another header. */
export const headerValue = hostileText.map((text) =>
  Buffer.from(text.replaceAll(/[\r\n\0]/g, ''))
    .toString('latin1')
    .slice(0, 2_000),
);

const json: Header = ['content-type', 'application/json'];
const contentType = fc
  .oneof(
    fc.constantFrom(
      'application/json; charset=utf-8',
      'application/json; charset=utf-16',
      'application/json;charset="\\"',
      'APPLICATION/JSON',
      'application/json;;;=',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=a',
      'text/plain',
      'application/jsonp',
      'application/*',
      '*/*',
      '',
    ),
    headerValue,
  )
  .map((value): Header => ['content-type', value]);

const oddHeader = fc.oneof(
  fc.constantFrom<Header[]>(
    ['transfer-encoding', 'chunked'],
    ['transfer-encoding', 'identity'],
    ['transfer-encoding', 'xchunked'],
    ['transfer-encoding ', 'chunked'],
    ['content-length', '0'],
    ['content-length', '+1'],
    ['content-length', '1e1'],
    ['content-encoding', 'identity'],
    ['content-encoding', 'gzip, gzip'],
    ['expect', '100-continue'],
    ['expect', 'the unexpected'],
    ['upgrade', 'h2c'],
    ['host', 'evil.example'],
    ['x-forwarded-host', 'evil.example'],
    ['x-forwarded-for', '" or 1'],
    ['x-http-method-override', 'DELETE'],
    ['__proto__', 'polluted'],
    ['range', 'bytes=0-0,1-1,2-2'],
    ['if-none-match', '*'],
    [' folded', 'line'],
    ['in valid', 'name'],
    ['x-long', 'x'.repeat(7_000)],
    ['x-too-long', 'x'.repeat(20_000)],
  ),
  fc.tuple(fc.constantFrom('cookie', 'authorization', 'accept', 'accept-encoding', 'x-odd'), headerValue),
);

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
