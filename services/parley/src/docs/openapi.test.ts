import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import { EventToBot } from '@parley/shared/contracts/event-to-bot';
import { z } from 'zod';
import { openApiDocument } from './openapi.ts';

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');

const committed = read('shared/src/contracts/openapi.json');

test('openapi.json says what the code says; `npm run docs` writes it anew', () => {
  expect(JSON.parse(committed)).toEqual(openApiDocument());
});

test('every reference leads to a schema of the document, and every schema is referred to', () => {
  const { schemas } = openApiDocument().components;
  const named = new Set([...committed.matchAll(/"\$ref": "#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));
  expect([...named].toSorted()).toEqual(Object.keys(schemas).toSorted());
});

/** Reads as a JSON Schema validator does, which knows nothing of our code. */
const readerOf = (contract: Contract['contract']) =>
  z.fromJSONSchema({
    $ref: `#/$defs/${contract}`,
    $defs: JSON.parse(
      JSON.stringify(openApiDocument().components.schemas).replaceAll('#/components/schemas', '#/$defs'),
    ),
  });

const envelope = { id: 'evt-1', conversationId: 'chat-42', occurredAt: '2026-01-05T10:00:00+01:00' };
const handoffId = '7d9a2c1e-5b54-5c3e-9d0a-0a4b8f6f2a11';
const agent = { id: 'A-1', name: 'Grace', avatarUrl: 'https://x.example/g.png' };
const visitor = {
  id: 'v',
  name: 'Ada',
  email: 'ada@example.com',
  emailVerified: true,
  phone: '+15005550006',
  phoneVerified: false,
  properties: { plan: 'gold', seats: 3, trial: false },
};

interface Contract {
  readonly contract: 'EventFromBot' | 'EventToBot';
  readonly schema: z.ZodType;
  readonly taken: [type: string, data: object][];
  readonly refused: [type: string, data: object][];
}

const contracts: Contract[] = [
  {
    contract: 'EventFromBot',
    schema: EventFromBot,
    taken: [
      ['handoff.requested', {}],
      [
        'handoff.requested',
        { visitor, text: 'Hi', transcript: [{ from: 'bot', text: 'Hi', at: envelope.occurredAt }] },
      ],
      ['visitor.message', { text: 'Hi', richText: '<b>Hi</b>' }],
      ['visitor.message', { text: '', attachments: [{ url: 'https://x.example/a', name: 'a', contentType: 'a/b' }] }],
      ['bot.message', { text: 'One moment' }],
      ['visitor.identified', { visitor }],
      ['agent-message.read', { messageId: 'm-1' }],
      ['conversation.ended', {}],
    ],
    refused: [
      ['visitor.shouted', { text: 'Hi' }],
      ['visitor.message', { text: 'Hi', html: '<b>' }],
      ['visitor.message', { text: 'x'.repeat(100_001) }],
      ['bot.message', { text: ' \n' }],
      ['visitor.identified', { visitor: { email: 'ada' } }],
      ['handoff.requested', { transcript: Array.from({ length: 1_001 }, () => ({ from: 'bot', text: 'x' })) }],
      ['agent-message.read', { messageId: 'two words' }],
    ],
  },
  {
    contract: 'EventToBot',
    schema: EventToBot,
    taken: [
      ['handoff.accepted', { handoffId, requestId: 'evt-0' }],
      ['handoff.assigned', { handoffId, agent: { id: 'A-1' } }],
      ['agent.message', { handoffId, messageId: 'm-1', agent, text: '', ofALaterParley: 1 }],
      [
        'agent.message',
        {
          handoffId,
          messageId: 'm-1',
          agent,
          text: 'Hi',
          richText: '<b>Hi</b>',
          quickReplies: [{ label: 'Yes', value: 'yes', kind: 'text' }],
          attachments: [{ name: 'a', contentType: 'a/b', url: 'https://x.example', expiresAt: envelope.occurredAt }],
        },
      ],
      ['handoff.closed', { handoffId }],
      ['message.undeliverable', { eventId: 'evt-0', reason: 'HubSpot refused it' }],
      ['message.delivered', { eventId: 'evt-0' }],
    ],
    refused: [
      ['agent.message', { handoffId, agent, text: 'Hi' }],
      ['handoff.closed', { handoffId: '1' }],
      ['message.delivered', {}],
    ],
  },
];

describe.each(contracts)('the document of $contract', ({ contract, schema, taken, refused }) => {
  const both = (type: string, data: object) =>
    [readerOf(contract), schema].map((reader) => reader.safeParse({ ...envelope, type, data }).success);

  test.each(taken)('takes, as the code does, %s %j', (type, data) => {
    expect(both(type, data)).toEqual([true, true]);
  });

  test.each(refused)('refuses, as the code does, %s', (type, data) => {
    expect(both(type, data)).toEqual([false, false]);
  });
});
