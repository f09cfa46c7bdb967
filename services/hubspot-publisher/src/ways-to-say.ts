import type { Visitor } from '@parley/shared/contracts/visitor';
import type { Conversation } from '@parley/shared/conversations/conversation';
import type { ConversationKey } from '@parley/shared/conversations/handoff-index';
import { TerminalError } from '@parley/shared/failures';
import type { VisitorIdentifier } from '@parley/shared/hubspot/channel-messages';
import { type ContactIdentity, identified } from './contact-identity.ts';
import { type Part, withoutFiles } from './parts-of.ts';

export interface Way {
  readonly message: Part;
  /** How HubSpot recognises who speaks. */
  readonly identifier: VisitorIdentifier;
  /** The visitor as HubSpot knows them if it takes the message. */
  readonly visitor: Visitor;
}

/**
 * How to say something in the visitor's name, the best way first; each other gives up what HubSpot may have refused.
 *
 * HubSpot finds the contact by the address of who speaks: by email, where it took the contact of that address, else by phone,
 * whose number it may find invalid. The bot's id of the person, else of the conversation, is an unknown visitor to it.
 */
export function waysToSay(
  message: Part,
  parts: {
    readonly conversation: Conversation;
    readonly handoff: ConversationKey;
    readonly identity: ContactIdentity;
  },
): [Way, ...Way[]] {
  const { visitor, contactId } = parts.conversation;
  const { id, email, phone } = identified(visitor, parts.identity);
  if (contactId && email) return withAndWithoutFiles({ message, visitor, identifier: { kind: 'email', value: email } });

  const identifier = { kind: 'opaque', value: id ?? parts.handoff.conversation } as const;
  if (!phone) return withAndWithoutFiles({ message, visitor, identifier });
  const { phone: _refused, phoneVerified: _neither, ...others } = visitor;
  const [byPhone, ...withoutItsFiles] = withAndWithoutFiles({
    message,
    visitor,
    identifier: { kind: 'phone', value: phone },
  });
  return [byPhone, ...withoutItsFiles, ...withAndWithoutFiles({ message, visitor: others, identifier })];
}

const withAndWithoutFiles = (way: Way): [Way, ...Way[]] =>
  way.message.fileIds?.length ? [way, { ...way, message: withoutFiles(way.message) }] : [way];

/** What HubSpot answers to the first way that it does not refuse, or its refusal of the last one. */
export async function firstTaken<Answer>(
  [way, next, ...others]: readonly [Way, ...Way[]],
  publish: (way: Way) => Promise<Answer>,
): Promise<{ readonly answer: Answer; readonly visitor: Visitor }> {
  try {
    return { answer: await publish(way), visitor: way.visitor };
  } catch (error) {
    if (next && error instanceof TerminalError) return firstTaken([next, ...others], publish);
    throw error;
  }
}
