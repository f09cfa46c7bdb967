import { describe, expect, test } from '@jest/globals';
import { mayCross, safeName, typeByName, typeOfFile } from './file-types.ts';

test.each([
  ['photo.JPEG', 'image/jpeg'],
  ['a.b.pdf', 'application/pdf'],
  ['page.html', 'application/octet-stream'],
  ['pdf', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('the type of a file called %j is %s', (name, type) => {
  expect(typeByName(name)).toBe(type);
});

test.each([
  [{ served: 'image/png', declared: 'application/pdf', name: 'a.txt' }, 'image/png'],
  [{ served: 'application/octet-stream', declared: 'Application/PDF', name: 'a.txt' }, 'application/pdf'],
  [{ served: 'binary/octet-stream', name: 'a.txt' }, 'text/plain'],
  [{ name: 'a' }, 'application/octet-stream'],
])('of %j the type is %s', (file, type) => {
  expect(typeOfFile(file)).toBe(type);
});

test('what a browser would run does not cross', () => {
  for (const type of ['text/html', 'image/svg+xml', 'text/javascript', 'application/octet-stream', 'toString', ''])
    expect(mayCross(type)).toBe(false);
  expect(mayCross('image/png')).toBe(true);
});

describe('a name', () => {
  test.each([
    ['invoice.pdf', 'application/pdf', 'invoice.pdf'],
    ['Foto.JPEG', 'image/jpeg', 'Foto.JPEG'],
    ['invoice', 'application/pdf', 'invoice.pdf'],
    ['page.html', 'image/png', 'page.html.png'],
    ['../../etc/passwd', 'text/plain', 'etc passwd.txt'],
    ['a"\r\nx: y.png', 'image/png', 'a x y.png'],
    ['גשר 👋.png', 'image/png', 'גשר 👋.png'],
    ['\u202egnp.exe', 'image/png', 'gnp.exe.png'],
    ['', 'image/png', 'file.png'],
    [`${'x'.repeat(300)}.png`, 'image/png', `${'x'.repeat(96)}.png`],
    [`a.${'x'.repeat(300)}`, '', `a.${'x'.repeat(98)}`],
    [`a.${'x'.repeat(300)}`, 'image/png', `a.${'x'.repeat(94)}.png`],
  ])('%j of a file of type %s becomes %j', (name, type, safe) => {
    expect(safeName(name, type)).toBe(safe);
  });
});
