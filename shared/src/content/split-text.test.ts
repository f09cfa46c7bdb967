import { describe, expect, test } from '@jest/globals';
import { splitText } from './split-text.ts';

const FAMILY = '👩‍👩‍👧‍👦';
const bare = (text: string) => text.replaceAll(/\s/g, '');

describe('a long text', () => {
  test.each<[string, number, string[]]>([
    ['short', 10, ['short']],
    ['exactly ten', 11, ['exactly ten']],
    ['', 10, ['']],
    ['one two three', 8, ['one two', 'three']],
    ['one two three', 7, ['one two', 'three']],
    ['one\n\ntwo', 5, ['one', 'two']],
    ['a\r\nb', 2, ['a', 'b']],
    ['aaaa     bbbb', 5, ['aaaa', 'bbbb']],
    ['nospaceatall', 5, ['nospa', 'ceata', 'll']],
    ['a verylongword', 6, ['a', 'verylo', 'ngword']],
    [FAMILY.repeat(3), 15, [FAMILY, FAMILY, FAMILY]],
    [`x${FAMILY}`, FAMILY.length, ['x', FAMILY]],
    ['e\u0301e\u0301e\u0301', 3, ['e\u0301', 'e\u0301', 'e\u0301']],
    ['🇩🇪🇫🇷🇮🇹', 6, ['🇩🇪', '🇫🇷', '🇮🇹']],
    ['สวัสดีครับ', 7, ['สวัสดี', 'ครับ']],
    ['مرحبا بالعالم', 8, ['مرحبا', 'بالعالم']],
    ['שלום עולם', 5, ['שלום', 'עולם']],
    ['😀😀', 1, ['\ud83d', '\ude00', '\ud83d', '\ude00']],
    [' '.repeat(9), 3, ['']],
  ])('%j at %i is %j', (text, limit, parts) => {
    expect(splitText(text, limit)).toEqual(parts);
  });

  test('that is one character without an end is cut all the same', () => {
    const parts = splitText(`a${'\u0301'.repeat(5_000)}`, 100);
    expect(parts.every((part) => part.length <= 100)).toBe(true);
    expect(parts.join('')).toHaveLength(5_001);
  });

  test.each([3, 7, 16, 50, 1_000])('loses no word and cuts no character at %i', (limit) => {
    const text =
      `${FAMILY} مرحبا بالعالم, naïve e\u0301tude\n\n${'x'.repeat(40)} 東京都に住んでいます。 🇩🇪${FAMILY}${FAMILY}`.repeat(
        40,
      );
    const parts = splitText(text, limit);
    expect(parts.every((part) => part !== '' && part.length <= limit)).toBe(true);
    expect(bare(parts.join(''))).toBe(bare(text));
    if (limit < 50) return;
    const whole = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    const count = (words: string) => [...whole.segment(bare(words))].length;
    expect(parts.reduce((sum, part) => sum + count(part), 0)).toBe(count(text));
  });

  test('is split the same way each time, so that a repeat is known by its parts', () => {
    const text = 'the quick brown fox '.repeat(500);
    expect(splitText(text, 333)).toEqual(splitText(text, 333));
  });
});
