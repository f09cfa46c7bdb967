import fc from 'fast-check';
import { headerValue } from './headers.ts';

const MINUTE_MS = 60_000;

/** What becomes of the signature's own header. `same`: no verifier can tell it from the right one. */
const forgery = fc.oneof(
  fc
    .constantFrom(
      { what: 'as it is', of: (value: string) => [value] },
      { what: 'between spaces', of: (value: string) => [`  ${value}  `] },
    )
    .map((way) => ({ ...way, same: true })),
  fc
    .constantFrom(
      { what: 'none', of: () => [] },
      { what: 'empty', of: () => [''] },
      { what: 'twice', of: (value: string) => [value, value] },
      { what: 'behind a comma', of: (value: string) => [`a, ${value}`] },
      {
        what: 'as capitals',
        of: (value: string) => [value.toUpperCase() === value ? `${value}A` : value.toUpperCase()],
      },
      { what: 'another alphabet', of: (value: string) => [Buffer.from(value).toString('base64url')] },
      { what: 'without its end', of: (value: string) => [value.slice(0, -1)] },
      { what: 'with more behind it', of: (value: string) => [`${value}=`] },
      { what: 'in quotes', of: (value: string) => [`"${value}"`] },
    )
    .map((way) => ({ ...way, same: false })),
  headerValue.map((value) => ({ what: 'anything', of: () => [value], same: false })),
);

/** What stands in the header of the time, and whether it is the time of a signature that still counts. */
const clock = fc.oneof(
  fc
    .constantFrom(0, -4 * MINUTE_MS, 4 * MINUTE_MS)
    .map((off) => ({ of: (now: number) => `${now + off}`, counts: true })),
  fc
    .constantFrom<((now: number) => string)[]>(
      (now) => `${now - 6 * MINUTE_MS}`,
      (now) => `${now + 6 * MINUTE_MS}`,
      (now) => `${now}.5`,
      (now) => `+${now}`,
      (now) => `-${now}`,
      (now) => `0x${now.toString(16)}`,
      (now) => `${now}e0`,
      (now) => `${Math.floor(now / 1_000)}`,
      (now) => new Date(now).toISOString(),
      (now) => `${now} ${now}`,
      (now) => `${now}000000`,
      () => '',
      () => 'NaN',
      () => 'Infinity',
      () => '٣٤٥',
    )
    .map((of) => ({ of, counts: false })),
);

/** One way to sign, right or wrong. */
export const signing = ({ token, right }: { token: string; right: string }) =>
  fc.record({
    route: fc.constantFrom('channel', 'events'),
    version: fc.constantFrom('v3', 'v2', 'v1'),
    named: fc.oneof(
      { weight: 4, arbitrary: fc.constant('as it is') },
      { weight: 1, arbitrary: fc.constantFrom('', 'v1', 'v2', 'v3', 'none', 'V2') },
    ),
    forgery,
    clock,
    secret: fc.oneof(
      { weight: 6, arbitrary: fc.constant(right) },
      { weight: 1, arbitrary: fc.constantFrom(right.slice(1), '', `${right} `) },
    ),
    path: fc.oneof(
      { weight: 6, arbitrary: fc.constant(token) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          token.slice(1),
          `${token}0`,
          token.toUpperCase(),
          `%${token.charCodeAt(0).toString(16)}${token.slice(1)}`,
        ),
      },
    ),
    signedPath: fc.oneof(
      { weight: 6, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.constantFrom('?', '/', '?a=%2F', '%20') },
    ),
    query: fc.constantFrom('', '', '?a=%2F%3a&b=%21', '?'),
    signedByte: fc.constantFrom('', '', '', ' ', '\0'),
  });

export type Signing = ReturnType<typeof signing> extends fc.Arbitrary<infer T> ? T : never;
