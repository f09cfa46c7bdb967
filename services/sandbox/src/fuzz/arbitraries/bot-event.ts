import fc from 'fast-check';
import { hostileText } from './hostile.ts';

const EVERY_VISIBLE = Array.from({ length: 94 }, (_, at) => String.fromCharCode(0x21 + at));

/** Every kind of id, so short that {@link freshened} ones fit their bound. */
const id = fc.string({ unit: fc.constantFrom(...EVERY_VISIBLE), minLength: 1, maxLength: 40 });

/** Something to read, of any characters, also such as are in no alphabet. */
const words = fc
  .oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), hostileText)
  .map((text) => `${text.slice(0, 9_000)}.`);

const when = fc
  .tuple(
    fc.date({ min: new Date(0), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true }),
    fc.constantFrom('Z', '+00:00', '-11:30', '+14:00'),
  )
  .map(([date, offset]) => date.toISOString().replace('Z', offset));

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((text) => ` ${text.trim()}. `);
const email = fc.constantFrom('ada@example.com', "o'neil+tag@sub.example.co.uk", 'a_b-c.d@xn--bcher-kva.example');
const phone = fc.constantFrom('+15005550006', '+4930123456');

const optional = <T>(fields: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) => fc.record(fields, { requiredKeys: [] });

const visitor = optional({ id: name, name, email, phone });

const attachment = fc.record(
  {
    url: fc.webUrl({ withQueryParameters: true, withFragments: true }),
    name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    contentType: fc.constantFrom('image/png', 'application/vnd.ms-excel', 'x/y+z'),
  },
  { requiredKeys: ['url'] },
);

const line = fc.record(
  { from: fc.constantFrom('visitor', 'bot'), text: words, at: when },
  { requiredKeys: ['from', 'text'] },
);

const DATA: Readonly<Record<string, fc.Arbitrary<object>>> = {
  'handoff.requested': optional({ visitor, text: words, transcript: fc.array(line, { maxLength: 5 }) }),
  'visitor.message': fc.record(
    { text: words, richText: words, attachments: fc.array(attachment, { maxLength: 3 }) },
    { requiredKeys: ['text'] },
  ),
  'bot.message': fc.record({ text: words }),
  'visitor.identified': fc.record({ visitor }),
  'agent-message.read': fc.record({ messageId: id }),
  'conversation.ended': fc.constant({}),
};

/** An event as the contract has it. */
const botEvent = fc.oneof(
  ...Object.entries(DATA).map(([type, data]) =>
    fc.record({
      id,
      type: fc.constant(type),
      conversationId: id,
      occurredAt: when,
      data,
    }),
  ),
);

/** What a bot may post: one event, or a list of them, some of which are the same one again. */
export const botRequest: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: botEvent },
  {
    weight: 3,
    arbitrary: fc.array(botEvent, { minLength: 1, maxLength: 6 }).map((events) => [...events, ...events.slice(0, 2)]),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(botEvent, fc.constantFrom(0, 99, 100, 101)).map(([event, times]) => listOf(event, times)),
  },
);

const listOf = (event: { id: string }, times: number) =>
  Array.from({ length: times }, (_, at) => ({ ...event, id: `${event.id}${at}` }));
