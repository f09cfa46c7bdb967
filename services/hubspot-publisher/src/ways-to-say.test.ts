import { describe, expect, test } from '@jest/globals';
import { ChannelAccountId, ContactId, ConversationId, EventId } from '@parley/shared/contracts/ids';
import type { Visitor } from '@parley/shared/contracts/visitor';
import { Conversation } from '@parley/shared/conversations/conversation';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import { firstTaken, type Way, waysToSay } from './ways-to-say.ts';

const handoff = { account: ChannelAccountId.parse('1'), conversation: ConversationId.parse('chat-42') };
const message = { eventId: EventId.parse('e-1'), text: 'Hi' };
const contactId = ContactId.parse('7');
const byPhone = { phone: '+15005550006', phoneVerified: true };
const byEmail = { email: 'ada@example.com', emailVerified: true };

const ways = (visitor: Visitor, { contact, fileIds }: { contact?: ContactId; fileIds?: string[] } = {}) =>
  waysToSay(fileIds ? { ...message, fileIds } : message, {
    conversation: Conversation.parse({ visitor, ...(contact && { contactId: contact }) }),
    handoff,
    identity: 'verified',
  });
const identifiers = (all: readonly Way[]) => all.map(({ identifier: { kind, value } }) => `${kind} ${value}`);

describe('HubSpot is told who speaks', () => {
  test.each<[string, Visitor, ContactId | undefined, string[]]>([
    ['by the email of the contact that it took', { ...byEmail, ...byPhone }, contactId, ['email ada@example.com']],
    ['not by an email without a contact', { id: 'v-1', ...byEmail }, undefined, ['opaque v-1']],
    ['not by an email that is not verified', { email: byEmail.email }, contactId, ['opaque chat-42']],
    [
      'by phone where there is no email, which may give way',
      byPhone,
      undefined,
      ['phone +15005550006', 'opaque chat-42'],
    ],
    ['not by a phone that is not verified', { id: 'v-1', phone: byPhone.phone }, undefined, ['opaque v-1']],
  ])('%s', (_, visitor, contact, expected) => {
    expect(identifiers(ways(visitor, contact ? { contact } : {}))).toEqual(expected);
  });
});

describe('a message that HubSpot refuses', () => {
  const refusal = new TerminalError('HubSpot answered 400');

  test('gives up its files first, and then the phone number, which is forgotten', async () => {
    const tried: Way[] = [];
    const refusing = async (way: Way) => {
      tried.push(way);
      if (tried.length < 4) throw refusal;
      return 'taken';
    };
    const { answer, visitor } = await firstTaken(ways({ name: 'Ada', ...byPhone }, { fileIds: ['f-1'] }), refusing);
    expect(answer).toBe('taken');
    expect(visitor).toEqual({ name: 'Ada' });
    expect(identifiers(tried)).toEqual([
      'phone +15005550006',
      'phone +15005550006',
      'opaque chat-42',
      'opaque chat-42',
    ]);
    expect(tried.map((way) => way.message.fileIds?.length ?? 0)).toEqual([1, 0, 1, 0]);
  });

  test('in every way is refused', async () => {
    const all = ways(byPhone);
    await expect(firstTaken(all, () => Promise.reject(refusal))).rejects.toBe(refusal);
  });

  test('for a time is said in no other way', async () => {
    const failure = new RetryableError('HubSpot answered 500');
    const tried: Way[] = [];
    const failing = (way: Way) => {
      tried.push(way);
      return Promise.reject(failure);
    };
    await expect(firstTaken(ways(byPhone), failing)).rejects.toBe(failure);
    expect(tried).toHaveLength(1);
  });
});
