import { z } from 'zod';
import { DeliveryIdentifier } from './delivery-identifier.ts';
import { json, type Operation, under } from './operation.ts';

const MESSAGES = under(
  [
    '/conversations/custom-channels/2026-03',
    '/conversations/custom-channels/2026-09',
    '/conversations/v3/custom-channels',
  ],
  '/{channelId}/messages',
);
const MESSAGE = under(MESSAGES, '/{messageId}');

/** 2026-09 has dropped the actor that the older versions allow here. */
const Participant = z.strictObject({ deliveryIdentifier: DeliveryIdentifier, name: z.string().optional() });

const File = z.strictObject({
  type: z.literal('FILE'),
  fileId: z.string(),
  fileUsageType: z.enum(['AUDIO', 'IMAGE', 'OTHER', 'STICKER', 'VOICE_RECORDING']).optional(),
});

const QuickReplies = z.strictObject({
  type: z.literal('QUICK_REPLIES'),
  quickReplies: z.array(
    z.strictObject({ value: z.string(), valueType: z.enum(['TEXT', 'URL']), label: z.string().optional() }),
  ),
});

const Location = z.strictObject({
  type: z.literal('LOCATION'),
  latitude: z.number(),
  longitude: z.number(),
  name: z.string().optional(),
  address: z.string().optional(),
  url: z.string().optional(),
});

const text = z.string();
const place = z.enum(['HOME', 'WORK']);

const Contact = z.strictObject({
  type: z.literal('CONTACT'),
  contactProfile: z.strictObject({
    addresses: z.array(
      z
        .strictObject({
          street: text,
          city: text,
          state: text,
          zip: text,
          country: text,
          countryCode: text,
          type: place,
        })
        .partial(),
    ),
    emails: z.array(z.strictObject({ email: text, type: place.optional() })),
    phones: z.array(z.strictObject({ phone: text, type: z.enum(['CELL', 'HOME', 'MAIN', 'WORK']).optional() })),
    urls: z.array(z.strictObject({ url: text, type: place.optional() })),
    name: z
      .strictObject({ firstName: text, lastName: text, middleName: text, prefix: text, suffix: text })
      .partial()
      .optional(),
    org: z.strictObject({ company: text, department: text, title: text }).partial().optional(),
  }),
});

const Message = z.strictObject({
  text: z.string(),
  richText: z.string().optional(),
  messageDirection: z.enum(['INCOMING', 'OUTGOING']),
  channelAccountId: z.string(),
  senders: z.array(Participant),
  recipients: z.array(Participant),
  timestamp: z.iso.datetime(),
  attachments: z.array(z.discriminatedUnion('type', [File, QuickReplies, Location, Contact])),
  integrationThreadId: z.string().optional(),
  integrationIdempotencyId: z.string().optional(),
  inReplyToId: z.string().optional(),
  associateWithContactId: z.int().optional(),
});

const Status = z.strictObject({
  statusType: z.enum(['SENT', 'READ', 'FAILED']),
  errorMessage: z.string().optional(),
});

export const channelMessageOperations: readonly Operation[] = [
  { name: 'publish a message', method: 'POST', paths: MESSAGES, body: json(Message) },
  { name: 'read a published message', method: 'GET', paths: MESSAGE },
  { name: "report a message's status", method: 'PATCH', paths: MESSAGE, body: json(Status) },
];
