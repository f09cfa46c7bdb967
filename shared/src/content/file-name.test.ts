import { expect, test } from '@jest/globals';
import { nameOfFile } from './file-name.ts';

test.each<[{ name?: string; url?: string }, string]>([
  [{ name: 'Grüße 👋.png', url: 'https://bot.example/x.pdf' }, 'Grüße 👋.png'],
  [{ url: 'https://bot.example/f/a%20b.png?s=1' }, 'a b.png'],
  [{ url: 'https://bot.example/f/..%2F..%2Fetc%2Fpasswd' }, 'etc passwd'],
  [{ url: 'https://bot.example/f/100%.txt' }, '100 .txt'],
  [{ url: 'https://bot.example/' }, 'file'],
  [{ name: 'a"\r\nX-Evil: 1.png' }, 'a X-Evil 1.png'],
  [{ name: '../../.bashrc' }, 'bashrc'],
  [{}, 'file'],
])('a file of %j is called %j', (file, name) => {
  expect(nameOfFile(file)).toBe(name);
});
