import { expect, test } from '@jest/globals';
import { PortalId } from '../contracts/ids.ts';
import { createFileLinks, FILES_ROUTE } from './file-links.ts';

const portal = PortalId.parse('48448169');
const publicUrl = 'https://parley.example';
const NOON = Date.parse('2026-11-02T12:00:00Z');
const links = (secret = 'one', at = NOON) => createFileLinks({ publicUrl, secret, now: () => at });
const tokenOf = (url: string) => url.slice(`${publicUrl}${FILES_ROUTE}/`.length);

test('a link leads to its file for an hour', () => {
  const file = { fileId: '1227', name: 'grün 👋.png' };
  const { url, expiresAt } = links().linkTo({ portal, file });
  expect(expiresAt).toBe('2026-11-02T13:00:00.000Z');
  expect(links('one', NOON + 3_599_999).read(tokenOf(url))).toEqual({ portal, file });
  expect(links('one', NOON + 3_600_000).read(tokenOf(url))).toEqual({ refused: 'expired' });
});

test('a link that was changed, cut, made with another secret or made up is refused', () => {
  const token = tokenOf(links().linkTo({ portal, file: { fileId: '1227' } }).url);
  const [payload = '', signature = ''] = token.split('.');
  const other = tokenOf(links().linkTo({ portal, file: { fileId: '1228' } }).url).split('.')[0];
  for (const forged of [
    '',
    '.',
    payload,
    `${payload}.`,
    `${other}.${signature}`,
    `${payload}.${signature.slice(1)}`,
    `.${signature}`,
    `${payload}.${signature}=`,
    `${token}.more`,
  ])
    expect(links().read(forged)).toEqual({ refused: 'forged' });
  expect(links('two').read(token)).toEqual({ refused: 'forged' });
});

test('a link may hold an address instead of an id', () => {
  const file = { url: 'https://f.hubspot.com/a' };
  const { url } = links().linkTo({ portal, file });
  expect(links().read(tokenOf(url))).toEqual({ portal, file });
});
