import { v5 as uuidFrom } from 'uuid';
import { z } from 'zod';

const VISIBLE_ASCII = /^[\x21-\x7e]{1,200}$/;

const id = (what: string) =>
  z
    .string(`${what} must be a string`)
    .regex(VISIBLE_ASCII, `${what} must be 1 to 200 visible ASCII characters, without spaces`);

/** Chosen by the bot, unique among all its events for ever: the same id again is the same event, and is accepted once. */
export const EventId = id('the event id').brand<'EventId'>();
export type EventId = z.infer<typeof EventId>;

/** Chosen by the bot, unique within the bot. */
export const ConversationId = id('the conversation id').brand<'ConversationId'>();
export type ConversationId = z.infer<typeof ConversationId>;

/** One stay of a conversation with the agents: a UUID, unique everywhere. */
export const HandoffId = z.uuid().brand<'HandoffId'>();
export type HandoffId = z.infer<typeof HandoffId>;

/** HubSpot's id of a thread, decimal digits, unique within a portal. */
export const ThreadId = id('the thread id').brand<'ThreadId'>();
export type ThreadId = z.infer<typeof ThreadId>;

/** HubSpot's id of one message in a thread, opaque, unique within a portal. */
export const MessageId = id('the message id').brand<'MessageId'>();
export type MessageId = z.infer<typeof MessageId>;

/** HubSpot's id of a contact record, decimal digits, unique within a portal. */
export const ContactId = id('the contact id').brand<'ContactId'>();
export type ContactId = z.infer<typeof ContactId>;

/** HubSpot's id of one customer account ("Hub ID"), decimal digits. */
export const PortalId = z.string().regex(/^\d+$/, 'must be digits').brand<'PortalId'>();
export type PortalId = z.infer<typeof PortalId>;

/** HubSpot's id of a custom channel, decimal digits; one channel belongs to one HubSpot app. */
export const ChannelId = z.string().regex(/^\d+$/, 'must be digits').brand<'ChannelId'>();
export type ChannelId = z.infer<typeof ChannelId>;

/** HubSpot's id of one connection of a channel to an inbox or help desk, decimal digits. Lanes are grouped by it. */
export const ChannelAccountId = z.string().regex(/^\d+$/, 'must be digits').brand<'ChannelAccountId'>();
export type ChannelAccountId = z.infer<typeof ChannelAccountId>;

/** Makes ids from ids: any fixed UUID serves, as long as it never changes. */
const NAMESPACE = 'f3b0c7de-5d0a-4f39-9a5e-3f1c8d4f6b21';

/** The handoff that an event asks for. The same event gives the same id, so a worker that died in between goes on with the same handoff. */
export const handoffIdOf = (account: ChannelAccountId, request: EventId): HandoffId =>
  HandoffId.parse(uuidFrom(`${account}/${request}`, NAMESPACE));

/** The id of what follows from an event, such as a notice about it: the same whenever the event is worked on again. */
export const followUpId = (kind: string, of: string): EventId => EventId.parse(`${kind}-${uuidFrom(of, NAMESPACE)}`);
