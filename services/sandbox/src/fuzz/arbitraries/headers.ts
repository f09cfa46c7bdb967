import fc from 'fast-check';
import { hostileText } from './hostile.ts';

export type Header = readonly [name: string, value: string];

/** As bytes of a header can be: a server sees Latin-1, and a line break would begin another header. */
export const headerValue = hostileText.map((text) =>
  Buffer.from(text.replaceAll(/[\r\n\0]/g, ''))
    .toString('latin1')
    .slice(0, 2_000),
);

export const json: Header = ['content-type', 'application/json'];
export const contentType = fc
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

export const oddHeader = fc.oneof(
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
