import type { MessageId, PortalId, ThreadId } from '@parley/shared/contracts/ids';
import type { Conversation } from '@parley/shared/conversations/conversation';
import type { Conversations } from '@parley/shared/conversations/conversations';
import type { HandoffEntry } from '@parley/shared/conversations/handoff-index';
import type { HubSpotClient } from '@parley/shared/hubspot/client';
import type { ContactIdentity } from './contact-identity.ts';
import { partsOf, type WholeWords } from './parts-of.ts';
import { firstTaken, waysToSay } from './ways-to-say.ts';

export interface Words extends WholeWords {
  readonly handoff: HandoffEntry;
  /** The record as it is now. */
  readonly conversation: Conversation;
}

/**
 * Publishes words of the visitor in the handoff's thread, in as many messages as they need, and remembers the thread that HubSpot
 * names, which may be another than before. Repeating it is harmless, also after dying between two messages: HubSpot knows those
 * that it has.
 */
export type PublishWords = (words: Words) => Promise<'published' | 'duplicate'>;

interface Parts {
  readonly hubspot: Pick<HubSpotClient, 'publishMessage'>;
  readonly conversations: Pick<Conversations, 'save' | 'expectAnswer' | 'indexThread'>;
  readonly portal: PortalId;
  readonly identity: ContactIdentity;
  /** UTF-16 code units in one message. */
  readonly maxText: number;
}

export const createPublishWords =
  (parts: Parts): PublishWords =>
  async ({ handoff, conversation: before, ...words }) => {
    const outcomes = new Set<'published' | 'duplicate'>();
    let conversation = before;
    for (const part of partsOf(words, parts)) {
      // HubSpot may sort by this time, beside comments and replies that carry its own: so it is the time of publishing, and each
      // message of a conversation gets a later one, whatever our clocks say.
      const sentAt = Math.max(Date.now(), conversation.lastPublishedAt + 1);
      const ways = waysToSay(part, { conversation, handoff, identity: parts.identity });
      const { answer, visitor } = await firstTaken(ways, ({ message, identifier }) =>
        parts.hubspot.publishMessage({
          ...message,
          handoffId: handoff.handoffId,
          sender: { name: conversation.visitor.name, identifier },
          sentAt: new Date(sentAt).toISOString(),
        }),
      );
      outcomes.add(answer.outcome);
      conversation = await remember(parts, { handoff, conversation: { ...conversation, visitor }, sentAt, ...answer });
    }
    return outcomes.has('published') ? 'published' : 'duplicate';
  };

/** The record as it is then. */
async function remember(
  parts: Parts,
  {
    handoff,
    conversation,
    sentAt,
    ...published
  }: Pick<Words, 'handoff' | 'conversation'> & {
    readonly sentAt: number;
    readonly threadId?: ThreadId | undefined;
    readonly messageId?: MessageId | undefined;
  },
): Promise<Conversation> {
  const { conversations, portal } = parts;
  const threadId = published.threadId ?? conversation.threadId;
  if (threadId && threadId !== conversation.threadId) await conversations.indexThread({ portal, threadId }, handoff);
  const { visitor } = conversation;
  await conversations.save(handoff, { visitor, lastPublishedAt: sentAt, lastMessageId: published.messageId, threadId });
  await conversations.expectAnswer(handoff);
  return { ...conversation, threadId, lastPublishedAt: sentAt };
}
