import type { MessageId, PortalId, ThreadId } from '@parley/shared/contracts/ids';
import type { Conversation } from '@parley/shared/conversations/conversation';
import type { Conversations } from '@parley/shared/conversations/conversations';
import type { HandoffEntry } from '@parley/shared/conversations/handoff-index';
import { TerminalError } from '@parley/shared/failures';
import type { HubSpotClient } from '@parley/shared/hubspot/client';
import type { CommentOnce } from './comment-once.ts';
import { partsOf, type WholeWords, withoutFiles } from './parts-of.ts';
import { senderOf } from './sender.ts';

export interface Words extends WholeWords {
  readonly handoff: HandoffEntry;
  /** The record as it is now. */
  readonly conversation: Conversation;
  /** By our clock, in milliseconds. */
  readonly acceptedAt: number;
}

/**
 * Publishes words of the visitor in the handoff's thread, in as many messages as they need, and remembers the thread that HubSpot
 * names, which may be another than before. Repeating it is harmless, also after dying between two messages: HubSpot knows those
 * that it has. As soon as the thread is known the agents get the transcript that they are owed.
 */
export type PublishWords = (words: Words) => Promise<'published' | 'duplicate'>;

interface Parts {
  readonly hubspot: Pick<HubSpotClient, 'publishMessage'>;
  readonly conversations: Pick<Conversations, 'save' | 'expectAnswer' | 'indexThread' | 'settleTranscript'>;
  readonly commentOnce: CommentOnce;
  readonly portal: PortalId;
  /** UTF-16 code units in one message. */
  readonly maxText: number;
}

export const createPublishWords =
  (parts: Parts): PublishWords =>
  async ({ handoff, conversation: before, acceptedAt, ...words }) => {
    const outcomes = new Set<'published' | 'duplicate'>();
    let conversation = before;
    for (const part of partsOf(words, parts)) {
      // HubSpot may sort by this time: every message of a conversation gets a later one, whatever our clocks say.
      const sentAt = Math.max(acceptedAt, conversation.lastPublishedAt + 1);
      const publish = (message: typeof part) =>
        parts.hubspot.publishMessage({
          ...message,
          handoffId: handoff.handoffId,
          sender: senderOf(conversation, handoff),
          sentAt: new Date(sentAt).toISOString(),
        });
      const published = await publish(part).catch((error: unknown) => {
        if (error instanceof TerminalError && part.fileIds?.length) return publish(withoutFiles(part));
        throw error;
      });
      outcomes.add(published.outcome);
      conversation = await remember(parts, { handoff, conversation, sentAt, ...published });
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
  await conversations.save(handoff, { lastPublishedAt: sentAt, lastMessageId: published.messageId, threadId });
  await conversations.expectAnswer(handoff);
  const { owedTranscript: transcript } = conversation;
  if (threadId && transcript) await giveTranscript(parts, { handoff, threadId, transcript });
  return { ...conversation, threadId, lastPublishedAt: sentAt, owedTranscript: threadId ? undefined : transcript };
}

async function giveTranscript(
  { conversations, commentOnce }: { conversations: Pick<Conversations, 'settleTranscript'>; commentOnce: CommentOnce },
  { handoff, threadId, transcript }: { handoff: HandoffEntry; threadId: ThreadId; transcript: string },
): Promise<void> {
  await commentOnce({ threadId, eventId: handoff.handoffId, title: 'Handed over by the bot', text: transcript });
  await conversations.settleTranscript(handoff);
}
