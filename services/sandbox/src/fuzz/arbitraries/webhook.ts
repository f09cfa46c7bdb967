import { agentWebhook, closedEvent } from '@parley/ingress/testing/hubspot';
import fc from 'fast-check';
import { hostileText } from './hostile.ts';

const words = fc
  .oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), hostileText)
  .map((text) => `${text}.`);

const tags = fc.constantFrom(
  'b',
  'i',
  'u',
  'a href="https://example.com/?a=1&amp;b=2"',
  'ul',
  'li',
  'p',
  'div',
  'span style="x"',
  'script',
  'svg',
  'img src="https://a.example/b.png" alt="b"',
);
const html = fc
  .array(fc.tuple(tags, words, fc.boolean()), { maxLength: 6 })
  .map((parts) =>
    parts.map(([tag, text, closed]) => `<${tag}>${text}${closed ? `</${tag.split(' ')[0]}>` : ''}`).join(''),
  );

const number = fc.integer({ min: 1, max: 2 ** 40 });
const url = fc.oneof(
  fc.webUrl(),
  hostileText,
  fc.constant('https://48448169.fs1.hubspotusercontent-na1.net/hubfs/a.png'),
);

const attachment = fc.oneof(
  fc.record(
    { type: fc.constant('FILE'), fileId: fc.oneof(number, number.map(String)), url, name: words, fileUsageType: words },
    { requiredKeys: ['type'] },
  ),
  fc.record({
    type: fc.constant('QUICK_REPLIES'),
    quickReplies: fc.array(
      fc.record(
        { value: words, valueType: fc.constantFrom('TEXT', 'URL', 'SPELL'), label: words },
        { requiredKeys: ['value'] },
      ),
      { maxLength: 4 },
    ),
  }),
  fc.record({
    type: fc.constant('LOCATION'),
    latitude: fc.double(),
    longitude: fc.double(),
    name: words,
    address: words,
    url,
  }),
  fc.record({
    type: fc.constant('CONTACT'),
    contactProfile: fc.record({
      name: fc.record({ firstName: words, lastName: words }),
      org: fc.record({ company: words }),
      phones: fc.array(fc.record({ phone: words }), { maxLength: 2 }),
      emails: fc.array(fc.record({ email: words }), { maxLength: 2 }),
      urls: fc.array(fc.record({ url }), { maxLength: 2 }),
    }),
  }),
  fc.record({ type: words }),
);

export interface ChannelIds {
  readonly portalId: string;
  readonly channelId: string;
  readonly channelAccountId: string;
  /** Of a thread that is known. */
  readonly threadId: string;
}

/** An agent's words as HubSpot sends them to the channel, ids in both forms in which it does; the message's own id is `messageId`. */
export const channelWebhook = ({
  portalId,
  channelId,
  channelAccountId,
  threadId,
}: ChannelIds): fc.Arbitrary<unknown> =>
  fc
    .record({
      message: fc.record(
        {
          id: fc.uuid().map((uuid) => uuid.replaceAll('-', '')),
          channelId: fc.constant(channelId),
          channelAccountId: fc.constantFrom(channelAccountId, Number(channelAccountId)),
          conversationsThreadId: fc.constantFrom(threadId, Number(threadId), '99', 4_711),
          createdAt: fc.constantFrom('2026-11-02T10:06:59.800Z', '2026-11-02T10:06:59+02:00', 1_793_613_000_000),
          senders: fc.array(
            fc.record({ actorId: fc.constantFrom('A-1', 'A-2620022'), name: words }, { requiredKeys: [] }),
            { maxLength: 2 },
          ),
          text: words,
          richText: html,
          attachments: fc.array(attachment, { maxLength: 3 }),
          truncationStatus: fc.constantFrom('NOT_TRUNCATED', 'TRUNCATED'),
        },
        { requiredKeys: ['id', 'channelId', 'channelAccountId', 'conversationsThreadId', 'createdAt', 'text'] },
      ),
      outer: fc.record({
        portalId: fc.constantFrom(portalId, Number(portalId)),
        channelId: fc.constantFrom(channelId, Number(channelId)),
        eventId: fc.uuid(),
        channelIntegrationThreadIds: fc.array(fc.oneof(fc.uuid(), words), { maxLength: 2 }),
      }),
    })
    .map(({ message, outer }) => agentWebhook(message, outer));

/** What HubSpot tells the app about threads: a list, of known threads and others. */
export const threadWebhook = ({ portalId, threadId }: ChannelIds): fc.Arbitrary<unknown> =>
  fc.array(
    fc
      .record({
        subscriptionType: fc.constantFrom(
          'conversation.propertyChange',
          'conversation.deletion',
          'conversation.privacyDeletion',
          'conversation.newMessage',
          'conversation.creation',
        ),
        portalId: fc.constantFrom(portalId, Number(portalId)),
        objectId: fc.oneof(fc.constant(Number(threadId)), number),
        occurredAt: fc.oneof(fc.integer({ min: 0, max: 4_102_444_800_000 }), fc.constant('2026-11-02T10:06:59+02:00')),
        propertyName: fc.constantFrom('status', 'isArchived', 'assignedTo'),
        propertyValue: fc.constantFrom('CLOSED', 'OPEN', 'true', true, false, '', 'A-123', 4),
        eventId: number,
      })
      .map((event) => closedEvent(event)),
    { maxLength: 5 },
  );
