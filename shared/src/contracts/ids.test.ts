import { expect, test } from '@jest/globals';
import { ChannelAccountId, ConversationId, EventId, followUpId, HandoffId, handoffIdOf, PortalId } from './ids.ts';

const account = ChannelAccountId.parse('898158620');
const request = EventId.parse('evt-1');

test.each(['a', 'x'.repeat(200), 'shop/eu:42', '{tag}', '"\'\\~!'])(
  'an id of the bot may be any visible ASCII: %s',
  (id) => {
    expect([EventId.parse(id), ConversationId.parse(id)]).toEqual([id, id]);
  },
);

test.each([
  ['empty', ''],
  ['too long', 'x'.repeat(201)],
  ['a blank', 'a b'],
  ['a line break', 'a\n'],
  ['NUL', 'a\0'],
  ['é', 'é'],
])('an id that could break a header, a log line or a key is refused: %s', (_what, id) => {
  expect(EventId.safeParse(id).success).toBe(false);
  expect(ConversationId.safeParse(id).success).toBe(false);
});

test.each(['', 'abc', '1.5', '-1', '1/2', ' 1'])('ids of HubSpot accounts are digits: %j is refused', (id) => {
  expect(PortalId.safeParse(id).error?.issues[0]?.message).toBe('must be digits');
  expect(ChannelAccountId.safeParse(id).success).toBe(false);
});

test('the handoff that an event asks for has the same id whenever it is worked on, in every process', () => {
  expect(handoffIdOf(account, request)).toBe(handoffIdOf(account, request));
  expect(HandoffId.safeParse(handoffIdOf(account, request)).success).toBe(true);
  // Written down, since a change would begin handoffs of accepted events a second time.
  expect(handoffIdOf(account, request)).toBe('854da659-85af-5231-9e81-59e865c6d9c4');
});

test('another account or another event is another handoff', () => {
  const ids = [
    handoffIdOf(account, request),
    handoffIdOf(account, EventId.parse('evt-2')),
    handoffIdOf(ChannelAccountId.parse('8'), request),
  ];
  expect(new Set(ids).size).toBe(3);
});

test('what follows from an event is named by it and by its kind, and fits wherever an event id does', () => {
  const longest = EventId.parse('x'.repeat(200));
  expect(followUpId('closed', longest)).toBe(followUpId('closed', longest));
  expect(followUpId('closed', longest)).not.toBe(followUpId('accepted', longest));
  expect(EventId.safeParse(followUpId('undeliverable', longest)).success).toBe(true);
});
