import fc from 'fast-check';
import { headerValue } from './headers.ts';
import { hostileText } from './hostile.ts';

/** A part of an address or a form, encoded as it travels. */
export const parameter = hostileText.map((text) => encodeURIComponent(text.toWellFormed().slice(0, 1_500)));

export const rarely = <T>(usual: T, odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd });

/** A form's fields as they travel: those that are asked for, and whatever else. */
export const fields = (own: Record<string, fc.Arbitrary<string>>) =>
  fc
    .tuple(
      fc.record(own, { requiredKeys: [] }),
      fc.array(fc.tuple(fc.oneof(fc.constantFrom(...Object.keys(own), '__proto__', 'a[b]'), parameter), parameter), {
        maxLength: 2,
      }),
    )
    .map(([named, more]) => [...Object.entries(named), ...more].map((pair) => pair.join('=')).join('&'));

/** The origin of the pages themselves. */
export const OWN = 'own';

/** How a form travels beside its fields. */
export const postage = {
  contentType: rarely<string>(
    'application/x-www-form-urlencoded',
    fc.oneof(
      fc.constantFrom(
        'application/json',
        'application/x-www-form-urlencoded; charset=utf-7',
        'application/x-www-form-urlencoded; charset=iso-8859-1',
        '',
      ),
      headerValue,
    ),
  ),
  encoding: rarely('identity', fc.constantFrom('gzip', 'br', 'deflate', 'nonsense')),
  origin: rarely(OWN, fc.oneof(fc.constantFrom('null', 'http://evil.example', ''), headerValue)),
};
