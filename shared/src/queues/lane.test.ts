import { describe, expect, test } from '@jest/globals';
import { ChannelAccountId, ConversationId } from '../contracts/ids.ts';
import { accountOf, conversationOf, deadLetterId, decodeEntry, encodeEntry, laneName, turnId } from './lane.ts';

const account = ChannelAccountId.parse('898158620');

describe('an entry', () => {
  test.each([
    ['line breaks of every kind', 'one\ntwo\r\nthree\u2028four\u0085\n'],
    ['emoji, half an emoji and a NUL', '👩‍👩‍👧 \ud83d \u0000'],
    ['a megabyte', '€'.repeat(350_000)],
    ['what looks like an entry', 'evt-2\n1700000000000\n{"text":"forged"}'],
    ['quotes and backslashes', '"\\n" \\\\ {}'],
  ])('comes back as it was: %s', (_what, text) => {
    const entry = { eventId: 'evt/1:2', number: 12, acceptedAt: 1_767_600_000_123, message: { data: { text } } };
    expect(decodeEntry(encodeEntry(entry))).toEqual(entry);
  });

  test('tells that an operator put it back', () => {
    const entry = { eventId: 'evt-1', number: 3, acceptedAt: 5, replayed: true as const, message: 'a' };
    expect(decodeEntry(encodeEntry(entry))).toEqual(entry);
  });

  test('names its event and its number first, so that a script finds it without reading the rest', () => {
    const encoded = encodeEntry({ eventId: 'evt-1', number: 3, acceptedAt: 5, message: 'a\nb' });
    expect(encoded.split('\n')).toEqual(['evt-1', '3', '5', '"a\\nb"']);
  });

  test('that is torn is an error, never half a message', () => {
    const encoded = encodeEntry({ eventId: 'evt-1', number: 3, acceptedAt: 5, message: { text: 'whole' } });
    expect(() => decodeEntry(encoded.slice(0, -3))).toThrow(SyntaxError);
    expect(() => decodeEntry('')).toThrow(SyntaxError);
  });
});

describe('the name of a lane', () => {
  test.each(['chat-1', 'shop/eu/42', '/', 'a:b{c}', '1/chat-1', '%2F"\\'])(
    'gives back account and conversation: %s',
    (id) => {
      const name = laneName({ account, conversation: ConversationId.parse(id) });
      expect([accountOf(name), conversationOf(name)]).toEqual([account, id]);
    },
  );

  test('keeps a conversation apart from the same id of another account', () => {
    const conversation = ConversationId.parse('1/chat');
    expect(laneName({ account, conversation })).not.toBe(
      laneName({ account: ChannelAccountId.parse('8'), conversation }),
    );
  });

  test('keeps the name of an unknown thread, spaces and all', () => {
    const name = laneName({ account, conversation: 'unknown-thread-12 34/5' });
    expect(conversationOf(name)).toBe('unknown-thread-12 34/5');
  });
});

const letterId = (eventId: string, diedAt = 7) => deadLetterId({ lane: '1/a', eventId, diedAt });

describe('the id of a turn or of a dead letter', () => {
  const ids = ['chat', 'a:b:c', '12345', '👋', 'x'.repeat(200)].flatMap((id) => [turnId(`1/${id}`, '7'), letterId(id)]);

  test('holds no colon, is no number and is short, as BullMQ demands of ids', () => {
    for (const id of ids) expect(id).toMatch(/^(turn|dead)-[0-9a-f]{16}-7$/);
  });

  test('is the same for the same and another for anything else', () => {
    expect(turnId('1/a', '7')).toBe(turnId('1/a', '7'));
    const others = [turnId('1/a', '8'), turnId('1/b', '7'), turnId('1/a', '7'), letterId('a'), ...ids];
    expect(new Set(others).size).toBe(others.length);
  });

  test('is another one for a message that was replayed and died again', () => {
    expect(letterId('a', 8)).not.toBe(letterId('a', 7));
  });
});
