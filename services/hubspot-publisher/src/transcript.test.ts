import { describe, expect, test } from '@jest/globals';
import type { TranscriptLine } from '@parley/shared/contracts/event-from-bot';
import { transcriptText } from './transcript.ts';

const who = 'Ada Lovelace · ada@example.com';

const numbered = (count: number, length: number): TranscriptLine[] =>
  Array.from({ length: count }, (_, at) => ({ from: 'visitor', text: `line ${at} `.padEnd(length, '.') }));

describe('the head', () => {
  test('says who the visitor is', () => {
    expect(transcriptText({ who: 'Ada · ada@example.com', lines: [] })).toBe('Visitor: Ada · ada@example.com');
  });

  test('says why there is no contact', () => {
    const note = 'No contact was kept: HubSpot refused the address';
    expect(transcriptText({ who: 'unknown', lines: [], note })).toBe(`Visitor: unknown\n${note}`);
  });
});

describe('the lines', () => {
  test('stand below the head, oldest first, each with its speaker', () => {
    const lines: TranscriptLine[] = [
      { from: 'visitor', text: 'Hi' },
      { from: 'bot', text: 'Hello 👋' },
    ];
    expect(transcriptText({ who: 'unknown', lines })).toBe('Visitor: unknown\n\nVisitor: Hi\nBot: Hello 👋');
  });

  test('carry the time in UTC, whatever the offset it was sent in', () => {
    const lines: TranscriptLine[] = [{ from: 'bot', text: 'Hello', at: '2026-01-05T01:30:00+02:00' }];
    expect(transcriptText({ who: 'unknown', lines })).toContain('[23:30 UTC] Bot: Hello');
  });
});

describe('a long transcript', () => {
  test('keeps its end, whole lines of it, and says how many are left out', () => {
    const text = transcriptText({ who, lines: numbered(1_000, 100) });
    const [head, , left, ...kept] = text.split('\n');
    expect(head).toContain('Ada Lovelace');
    expect(kept.at(-1)).toContain('line 999 ');
    expect(left).toBe(`(${1_000 - kept.length} earlier lines left out)`);
    expect(kept[0]).toBe(`Visitor: ${`line ${1_000 - kept.length} `.padEnd(100, '.')}`);
    expect(kept.join('\n').length).toBeLessThanOrEqual(30_000);
    expect(kept.join('\n').length).toBeGreaterThan(29_800);
  });

  test('of thirty thousand characters is whole', () => {
    const lines = numbered(30, 1_000 - 'Visitor: '.length - 1);
    const text = transcriptText({ who: 'unknown', lines });
    expect(text).toContain('line 0 ');
    expect(text).not.toContain('left out');
  });

  test('of which one line is left out says so in the singular', () => {
    expect(transcriptText({ who: 'unknown', lines: numbered(4, 9_000) })).toContain('(1 earlier line left out)\n');
  });

  test('keeps its last line, be that as long as a message may be', () => {
    const text = transcriptText({ who: 'unknown', lines: numbered(4, 10_000) });
    expect(text).toContain('line 3 ');
  });
});
