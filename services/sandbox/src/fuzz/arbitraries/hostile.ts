import fc from 'fast-check';

/** Strings that have broken somebody's parser, store, page or log. */
const NOTORIOUS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800',
  '\u202e',
  '\ufeff',
  '\u2028',
  '\r\nSet-Cookie: a=b',
  '\n',
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'null',
  'NaN',
  '1e400',
  '-0',
  '+275760-09-13T00:00:00.000Z',
  '2026-02-30T10:00:00Z',
  '0000-01-01T00:00:00+23:59',
  '9999-12-31T23:59:60Z',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  'data:text/html,<script>1</script>',
  '//evil.example',
  '/\\evil.example',
  'https://hubspot.com@evil.example/',
  'https://evil.example/#.hubspot.com',
  'http://[::1]:6379/',
  'http://\ud800/',
  '../../../etc/passwd',
  '%00',
  '%ff',
  '%2e%2e%2f',
  '{{7*7}}',
  '*/}]',
];

/** What a regular expression, an HTML parser or a segmenter may need ever longer for. */
const REPEATED = [
  'a',
  'a@',
  'a.',
  '.',
  ' ',
  '\t\n',
  '-',
  '<',
  '<b>',
  '<a href="',
  '</',
  '<!--',
  '&',
  '"',
  '+1 ',
  '\u0300',
  '\u200d',
  '👩‍',
  'ก',
];

const long = fc
  .tuple(
    fc.constantFrom(...REPEATED),
    fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: 1, max: 200 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 5_000 }) },
    ),
  )
  .map(([part, times]) => part.repeat(times));

export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NOTORIOUS) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 1, arbitrary: long },
);

const nested = fc
  .tuple(fc.constantFrom(['[', ']'], ['{"a":', '}'], ['{"__proto__":', '}']), fc.constantFrom(2, 31, 32, 33, 5_000))
  .map(([[open, close], levels]) => `${open.repeat(levels)}1${close.repeat(levels)}`);

const MANY = Array.from({ length: 2_000 }, (_, at) => `"key ${at}"`);
const wide = fc.constantFrom(
  `[${MANY.join(',')}]`,
  `{${MANY.map((key) => `${key}:{}`).join(',')}}`,
  `[${MANY.map(() => '{}').join(',')}]`,
);

/** JSON that no serializer of JavaScript would write, too: kept as text, so that it arrives as it is. */
export const hostileJson = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'null',
      'true',
      '0',
      '-0',
      '1.5',
      '-1',
      '1e400',
      '-1e400',
      '1e-400',
      '8.64e15',
      '253402300800000',
      '9007199254740993',
      '1234567890'.repeat(40),
      '[]',
      '{}',
      '[[]]',
      '[null]',
      '{"__proto__":{"polluted":true}}',
      '{"constructor":{"prototype":{"polluted":true}}}',
      '{"length":1e9}',
      '{"toString":null,"valueOf":null,"toJSON":null,"then":null}',
    ),
  },
  { weight: 3, arbitrary: hostileText.map((text) => JSON.stringify(text)) },
  { weight: 2, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.oneof(nested, wide) },
);

export const hostileKey = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toJSON', 'then', 'length', 'id', 'type', ''),
  hostileText,
);
