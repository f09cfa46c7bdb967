import { describe, expect, test } from '@jest/globals';
import { EventId } from '@parley/shared/contracts/ids';
import { partsOf } from './parts-of.ts';

const eventId = EventId.parse('evt-1');
const maxText = 10;

describe('the words of one event', () => {
  test('that fit go as one message under the id of the event, with the formatting that agents may see', () => {
    expect(partsOf({ eventId, text: ' one ', richText: '<b x=1>o</b>', fileIds: ['7'] }, { maxText })).toEqual([
      { eventId, text: ' one ', richText: '<b>o</b>', fileIds: ['7'] },
    ]);
  });

  test.each(['<script>x()</script>', '<b>far too long for this</b>', undefined])(
    'go as plain text instead of %j',
    (richText) => {
      expect(partsOf({ eventId, text: 'one', richText }, { maxText })).toEqual([{ eventId, text: 'one', fileIds: [] }]);
    },
  );

  test('that do not fit are several messages under ids of their own, the same each time, and the files go with the last', () => {
    const words = { eventId, text: 'one two three four', richText: '<b>x</b>', fileIds: ['7'] };
    const parts = partsOf(words, { maxText });
    expect(parts.map(({ text, fileIds }) => ({ text, fileIds }))).toEqual([
      { text: 'one two', fileIds: [] },
      { text: 'three four', fileIds: ['7'] },
    ]);
    expect(new Set([eventId, ...parts.map((part) => part.eventId)]).size).toBe(3);
    expect(partsOf(words, { maxText })).toEqual(parts);
  });

  test('with many files are several messages of two files at most', () => {
    const fileIds = ['1', '2', '3', '4', '5'];
    const parts = partsOf({ eventId, text: 'one', richText: '<b>one</b>', fileIds }, { maxText });
    expect(parts.map(({ text, fileIds: files }) => [text, files?.join('')])).toEqual([
      ['one', '12'],
      ['', '34'],
      ['', '5'],
    ]);
    expect(parts.map(({ richText }) => richText)).toEqual(['<b>one</b>', undefined, undefined]);
    expect(new Set([eventId, ...parts.map((part) => part.eventId)]).size).toBe(4);
  });

  test('of files alone are one message without words', () => {
    expect(partsOf({ eventId, text: '', fileIds: ['7', '8'] }, { maxText })).toEqual([
      { eventId, text: '', fileIds: ['7', '8'] },
    ]);
  });
});
