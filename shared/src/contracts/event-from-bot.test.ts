import { describe, expect, test } from '@jest/globals';
import { EventFromBot } from './event-from-bot.ts';

const event = (changes: Record<string, unknown> = {}) => ({
  id: 'evt-1',
  type: 'visitor.message',
  conversationId: 'chat-42',
  occurredAt: '2026-01-05T10:00:00Z',
  data: { text: 'Where is my order?' },
  ...changes,
});
const handoff = (data: Record<string, unknown>) => event({ type: 'handoff.requested', data });
const visitor = (fields: Record<string, unknown>) => handoff({ visitor: fields });
const transcript = (...lines: unknown[]) => handoff({ transcript: lines });

const URL_OF_FILE = 'https://bot.example/a.png';
const files = (...attachments: unknown[]) => event({ data: { text: '', attachments } });

/** What is wrong with an event, as `field: remedy`. */
const problemsOf = (given: unknown) =>
  (EventFromBot.safeParse(given).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('what the bot sends is taken', () => {
  test.each([
    ['handoff.requested', {}],
    [
      'handoff.requested',
      { visitor: { id: 'v', name: 'Ada', email: 'ada@example.com', phone: '+15005550006' }, text: 'Hi' },
    ],
    ['handoff.requested', { transcript: [{ from: 'bot', text: 'Hello', at: '2026-01-05T10:00:00+01:00' }] }],
    ['visitor.message', { text: '👋\n'.repeat(3_000) }],
    ['visitor.message', { text: '', attachments: [{ url: URL_OF_FILE, name: 'a.png', contentType: 'image/png' }] }],
    ['visitor.message', { text: 'Hi', richText: '<b>Hi</b>' }],
    ['bot.message', { text: 'One moment' }],
    ['visitor.identified', { visitor: { email: 'ada@example.com' } }],
    ['agent-message.read', { messageId: 'm-1' }],
    ['conversation.ended', {}],
  ])('%s %j', (type, data) => {
    expect(problemsOf(event({ type, data }))).toEqual([]);
  });

  test('a handoff needs neither visitor nor transcript', () => {
    expect(EventFromBot.parse(handoff({}))).toMatchObject({ data: { visitor: {}, transcript: [] } });
  });

  test('words are kept as they came, blanks and all', () => {
    expect(EventFromBot.parse(event({ data: { text: '  code\n\tblock ' } }))).toMatchObject({
      data: { text: '  code\n\tblock ' },
    });
  });
});

describe('what does not fit names the field and the remedy', () => {
  const KNOWN = 'leave it out when it is not known';
  test.each([
    [event({ id: undefined }), /^id: the event id must be a string$/],
    [event({ id: 'two words' }), /^id: the event id must be 1 to 200 visible ASCII characters, without spaces$/],
    [event({ conversationId: '' }), /^conversationId: the conversation id must be 1 to 200 visible ASCII/],
    [event({ occurredAt: undefined }), /^occurredAt: must be a time in ISO 8601 with offset, like 2026/],
    [event({ occurredAt: '2026-01-05 10:00' }), /^occurredAt: must be a time in ISO 8601 with offset, like 2026/],
    [event({ occurredAt: 1_767_600_000 }), /^occurredAt: must be a time in ISO 8601 with offset, like 2026/],
    [
      event({ type: 'visitor.messages' }),
      /^type: must be one of handoff\.requested, visitor\.message, .*, conversation\.ended$/,
    ],
    [event({ data: undefined }), /^data: .*expected object/],
    [event({ data: {} }), /^data\.text: must be a string$/],
    [event({ data: { text: ' \n\t' } }), /^data\.text: must not be empty, unless there are attachments$/],
    [
      event({ data: { text: 'x'.repeat(100_001) } }),
      /^data\.text: must be at most 100000 characters: split it into several/,
    ],
    [
      event({ type: 'bot.message', data: { text: 'x'.repeat(10_001) } }),
      /^data\.text: must be at most 10000 characters: split it into several/,
    ],
    [event({ data: { text: ' ', attachments: [] } }), /^data\.text: must not be empty, unless there are attachments$/],
    [files({}), /^data\.attachments\.0\.url: must be an http\(s\) URL$/],
    [files({ url: 'ftp://x.example/a' }), /^data\.attachments\.0\.url: must be an http\(s\) URL$/],
    [files({ url: URL_OF_FILE, name: '' }), /^data\.attachments\.0\.name: must not be empty: leave it out$/],
    [
      files({ url: URL_OF_FILE, contentType: 'a/b\r\nx: y' }),
      /^data\.attachments\.0\.contentType: must be a type like image\/png$/,
    ],
    [
      files(...Array.from({ length: 11 }, () => ({ url: URL_OF_FILE }))),
      /^data\.attachments: must be at most 10 files: send the others with another message$/,
    ],
    [visitor({ email: 'ada' }), new RegExp(`^data\\.visitor\\.email: .* like ada@example\\.com: ${KNOWN}$`)],
    [visitor({ name: '  ' }), new RegExp(`^data\\.visitor\\.name: must be a string of 1 to 200 characters: ${KNOWN}$`)],
    [visitor({ name: null }), new RegExp(`^data\\.visitor\\.name: .*${KNOWN}$`)],
    [visitor({ id: 'x'.repeat(201) }), new RegExp(`^data\\.visitor\\.id: .*${KNOWN}$`)],
    [visitor({ phone: '0500 555 0006' }), /^data\.visitor\.phone: must be in international form, like \+15005550006$/],
    [transcript({ from: 'agent', text: 'x' }), /^data\.transcript\.0\.from: must be visitor or bot$/],
    [transcript({ from: 'bot', text: '' }), /^data\.transcript\.0\.text: must not be empty$/],
    [transcript({ from: 'bot', text: 'x', at: 'noon' }), /^data\.transcript\.0\.at: must be a time in ISO 8601/],
    [
      transcript(...Array.from({ length: 1_001 }, () => ({ from: 'bot', text: 'x' }))),
      /^data\.transcript: must be at most 1000 lines: send/,
    ],
  ])('case %#: %p', (given, problem) => {
    expect(problemsOf(given)).toEqual([expect.stringMatching(problem)]);
  });

  test('everything wrong with an event is told at once', () => {
    expect(problemsOf(event({ id: '', occurredAt: 'noon', data: { text: '' } }))).toHaveLength(3);
  });

  test.each([
    ['in the envelope', event({ priority: 1 }), 'priority'],
    ['in the data', event({ data: { text: 'x', html: '<b>' } }), 'html'],
    ['in the visitor', visitor({ mail: 'ada@example.com' }), 'mail'],
    ['in a line of the transcript', transcript({ from: 'bot', text: 'x', who: 'me' }), 'who'],
    ['where nothing belongs', event({ type: 'conversation.ended', data: { reason: 'bye' } }), 'reason'],
  ])('a field that we do not know is refused by its name: %s', (_where, given, field) => {
    expect(problemsOf(given)).toEqual([expect.stringContaining(`"${field}"`)]);
  });

  test('no problem repeats the words of the visitor', () => {
    const words = 'my card number is 4111 ';
    const given = [
      event({ data: { text: words.repeat(5_000) } }),
      visitor({ email: words }),
      event({ occurredAt: words }),
    ];
    expect(given.flatMap(problemsOf)).toHaveLength(3);
    expect(given.flatMap(problemsOf).join()).not.toContain('4111');
  });
});
