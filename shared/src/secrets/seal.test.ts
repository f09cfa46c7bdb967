import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createSeal, SealKeys } from './seal.ts';

const [older, newer] = [randomBytes(32), randomBytes(32)];

test('what is sealed is opened again, and does not show what it is', () => {
  const { seal, open } = createSeal([newer]);
  const sealed = seal('na1-secret ü', 'portal 7');
  expect(sealed).not.toContain('secret');
  expect(open(sealed, 'portal 7')).toBe('na1-secret ü');
  expect(seal('na1-secret ü', 'portal 7')).not.toBe(sealed);
});

test('what was sealed with an older key is opened as long as that key is in the list', () => {
  const sealed = createSeal([older]).seal('text', 'p');
  expect(createSeal([newer, older]).open(sealed, 'p')).toBe('text');
  expect(() => createSeal([newer]).open(sealed, 'p')).toThrow(/the key [0-9a-f]{8} that sealed p is not in the list/);
});

test('a changed text and a text put in the place of another are refused', () => {
  const { seal, open } = createSeal([newer]);
  const sealed = seal('text', 'portal 7');
  expect(() => open(sealed, 'portal 8')).toThrow();
  const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  expect(() => open(changed, 'portal 7')).toThrow();
});

test('a key of another length is refused with the command that makes one', () => {
  expect(SealKeys.safeParse('c2hvcnQ=').error?.issues[0]?.message).toContain('openssl rand -base64 32');
  expect(SealKeys.parse(`${newer.toString('base64')}, ${older.toString('base64')}`)).toEqual([newer, older]);
});
