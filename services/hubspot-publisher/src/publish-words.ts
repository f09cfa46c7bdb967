import type { EventId, PortalId, ThreadId } from '@parley/shared/contracts/ids';
import type { Conversation } from '@parley/shared/conversations/conversation';
import type { Conversations, HandoffEntry } from '@parley/shared/conversations/conversations';
import type { HubSpotClient } from '@parley/shared/hubspot/client';
import type { CommentOnce } from './comment-once.ts';
import { senderOf } from './sender.ts';

export interface Words {
  readonly handoff: HandoffEntry;
  /** The record as it is now. */
  readonly conversation: Conversation;
  readonly eventId: EventId;
  readonly text: string;
  /** By our clock, in milliseconds. */
  readonly acceptedAt: number;
}

/**
 * Publishes words of the visitor in the handoff's thread and remembers the thread that HubSpot names, which may be another than
 * before. Repeating it is harmless. As soon as the thread is known the agents get the transcript that they are owed.
 */
export type PublishWords = (words: Words) => Promise<'published' | 'duplicate'>;

export const createPublishWords =
  (parts: {
    hubspot: Pick<HubSpotClient, 'publishMessage'>;
    conversations: Pick<Conversations, 'save' | 'indexThread' | 'settleTranscript'>;
    commentOnce: CommentOnce;
    portal: PortalId;
  }): PublishWords =>
  async ({ handoff, conversation, eventId, text, acceptedAt }) => {
    const { hubspot, conversations, portal } = parts;
    // HubSpot may sort by this time: every message of a conversation gets a later one, whatever our clocks say.
    const sentAt = Math.max(acceptedAt, conversation.lastPublishedAt + 1);
    const { handoffId } = handoff;
    const published = await hubspot.publishMessage({
      handoffId,
      eventId,
      text,
      sender: senderOf(conversation, handoff),
      sentAt: new Date(sentAt).toISOString(),
    });

    const threadId = published.threadId ?? conversation.threadId;
    if (threadId && threadId !== conversation.threadId) await conversations.indexThread({ portal, threadId }, handoff);
    await conversations.save(handoff, { lastPublishedAt: sentAt, threadId });
    if (threadId && conversation.owedTranscript) {
      await giveTranscript(parts, { handoff, threadId, transcript: conversation.owedTranscript });
    }
    return published.outcome;
  };

async function giveTranscript(
  { conversations, commentOnce }: { conversations: Pick<Conversations, 'settleTranscript'>; commentOnce: CommentOnce },
  { handoff, threadId, transcript }: { handoff: HandoffEntry; threadId: ThreadId; transcript: string },
): Promise<void> {
  await commentOnce({ threadId, eventId: handoff.handoffId, title: 'Handed over by the bot', text: transcript });
  await conversations.settleTranscript(handoff);
}
