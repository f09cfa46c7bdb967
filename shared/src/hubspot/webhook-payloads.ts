import { z } from 'zod';
import { ChannelAccountId, ChannelId, HandoffId, MessageId, PortalId, ThreadId } from '../contracts/ids.ts';
import { AgentAttachments } from './agent-attachments.ts';

// HubSpot documents its webhooks loosely and sends them otherwise: ids as strings or numbers, `status` and delivery identifiers as
// strings or objects, fields left out or null. What Parley does not read is not looked at, and what it can do without may be anything.

const idText = z.union([z.string(), z.int().transform(String)], 'must be a string or a whole number');

/** The last moment that JavaScript can tell. */
const MAX_TIME_MS = 8.64e15;

/** ISO 8601 out of a date or of milliseconds since 1970, of a year that has four digits as our own contracts have it. */
const Time = z
  .union(
    [z.iso.datetime({ offset: true }), z.int().min(0).max(MAX_TIME_MS)],
    'must be a date or milliseconds since 1970',
  )
  .transform((time) => new Date(time).toISOString())
  .pipe(z.iso.datetime('must be of the years 0 to 9999'));

const optionalText = z.string().trim().min(1).optional().catch(undefined);

/** Reads what can be read of a list, and nothing of what is none. */
const readable = <Item extends z.ZodType>(schema: Item) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((items): z.output<Item>[] =>
      items.flatMap((item) => {
        const read = schema.safeParse(item);
        return read.success ? [read.data] : [];
      }),
    );

/** Of every webhook to a channel: which one it is. */
export const ChannelWebhook = z.looseObject({ type: z.string() });

/** What of a channel account changed, and in which order, HubSpot does not say. */
export const ChannelAccountWebhook = z.object({
  portalId: idText.pipe(PortalId),
  channelId: idText.pipe(ChannelId),
  channelAccountId: idText.pipe(ChannelAccountId),
});

/** An agent wrote from the composer. `message.type` and `direction` are as HubSpot names them, absent or of any kind. */
export const OutgoingMessageCreated = z.object({
  portalId: idText.pipe(PortalId),
  channelId: idText.pipe(ChannelId),
  eventTimestamp: Time.optional().catch(undefined),
  /** Ours are UUIDs; several when agents merged threads. */
  channelIntegrationThreadIds: readable(HandoffId),
  message: z.object({
    id: idText.pipe(MessageId),
    type: z.string().catch('MESSAGE'),
    direction: z.string().catch('OUTGOING'),
    channelAccountId: idText.pipe(ChannelAccountId),
    conversationsThreadId: idText.pipe(ThreadId),
    createdAt: Time.optional().catch(undefined),
    createdBy: optionalText,
    senders: readable(z.object({ actorId: optionalText, name: optionalText })),
    text: z.string().catch(''),
    richText: optionalText,
    attachments: AgentAttachments,
    truncationStatus: optionalText,
  }),
});
export type OutgoingMessageCreated = z.infer<typeof OutgoingMessageCreated>;

/** Of every event of a webhook subscription: which one it is. The field is called `eventType` in HubSpot's table. */
export const SubscriptionEvent = z
  .looseObject({
    subscriptionType: z.string().optional(),
    eventType: z.string().optional(),
    propertyName: z.string().catch(''),
    propertyValue: z.union([z.string(), z.boolean(), z.number()]).catch('').transform(String),
  })
  .transform(({ subscriptionType, eventType, ...event }) => ({ ...event, type: subscriptionType ?? eventType ?? '' }));
export type SubscriptionEvent = z.infer<typeof SubscriptionEvent>;

/** An event about a thread. */
export const ThreadEvent = z.object({
  portalId: idText.pipe(PortalId),
  /** The thread. */
  objectId: idText.pipe(ThreadId),
  occurredAt: Time,
});
