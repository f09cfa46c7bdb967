import { z } from 'zod';
import { Attachments } from './attachments.ts';
import { DeliveryIdentifier } from './delivery-identifier.ts';

const Participant = z.strictObject({ deliveryIdentifier: DeliveryIdentifier, name: z.string().optional() });

/** The body of a publish, with every field that HubSpot's specification requires. */
export const StrictPublish = z.strictObject({
  text: z.string(),
  richText: z.string().optional(),
  messageDirection: z.literal('INCOMING', 'must be INCOMING'),
  channelAccountId: z.string(),
  senders: z.array(Participant).length(1, 'must have exactly one sender'),
  recipients: z.array(Participant),
  timestamp: z.iso.datetime({ offset: true }),
  attachments: Attachments,
  integrationThreadId: z.string().min(1).optional(),
  integrationIdempotencyId: z.string().min(1).optional(),
  inReplyToId: z.string().min(1).optional(),
  associateWithContactId: z.int().optional(),
  preResolvedContacts: z
    .strictObject({
      contacts: z.array(z.strictObject({ contactVid: z.int(), contactPropertiesLeadingToMatch: z.array(z.string()) })),
    })
    .optional(),
});
export type PublishRequest = z.infer<typeof StrictPublish>;

/** The same as the guide and shipping integrations have it: some fields may be absent, and unknown ones are passed over. */
export const LenientPublish = z.object({
  ...StrictPublish.shape,
  recipients: StrictPublish.shape.recipients.default([]),
  timestamp: StrictPublish.shape.timestamp.default(() => new Date().toISOString()),
  attachments: StrictPublish.shape.attachments.default([]),
});
