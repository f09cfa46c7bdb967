import type { Conversation } from '@parley/shared/conversations/conversation';
import type { ConversationKey } from '@parley/shared/conversations/handoff-index';
import type { VisitorIdentifier } from '@parley/shared/hubspot/channel-messages';

/**
 * The visitor as the sender of a message. By email only when HubSpot took the contact of that address, since HubSpot matches
 * it to the contact; otherwise by the bot's id of the person, else of the conversation, which HubSpot shows as an unknown visitor.
 */
export function senderOf(
  { visitor, contactId }: Conversation,
  { conversation }: ConversationKey,
): {
  name?: string | undefined;
  identifier: VisitorIdentifier;
} {
  const identifier: VisitorIdentifier =
    contactId && visitor.email
      ? { kind: 'email', value: visitor.email }
      : { kind: 'opaque', value: visitor.id ?? conversation };
  return { name: visitor.name, identifier };
}
