import { announceAgentMessage, announceNewMessage } from '../webhooks/webhook-events.ts';
import { newMessageId } from './ids.ts';
import type { Portal, Thread } from './portal.ts';
import type { Author } from './thread-status.ts';
import { actorIdOf } from './visitors.ts';
import type { ChannelMessage, Comment, OriginalContent } from './wire.ts';
import { richTextOf } from './wire.ts';

interface Words {
  readonly thread: Thread;
  readonly by: Author;
  readonly text: string;
  readonly richText?: string | undefined;
  readonly attachments?: readonly unknown[];
}

/** An internal note: the inbox shows it, the channel never hears of it. */
export function addComment(portal: Portal, words: Words): Comment {
  const comment: Comment = {
    ...common(words),
    type: 'COMMENT',
    senders: [{ actorId: words.by.actorId }],
    recipients: [],
  };
  words.thread.messages.push(comment);
  announceNewMessage(portal, words.thread, comment);
  portal.changes.emit();
  return comment;
}

/** An agent's words to the visitor: the channel's webhook carries them. They count as sent until a delivery report says otherwise. */
export function addReply(portal: Portal, words: Words): ChannelMessage {
  const { thread, by } = words;
  const { visitor } = thread;
  const account = portal.accounts.get(thread.channelAccountId);
  const sender = { actorId: by.actorId, name: portal.agents.get(by.actorId) ?? by.actorId };
  const recipient = { actorId: actorIdOf(visitor), deliveryIdentifier: visitor.deliveryIdentifier };
  const whole = common(words);
  const message: ChannelMessage = {
    ...whole,
    ...truncated(whole, portal.settings.maxReplyText),
    type: 'MESSAGE',
    senders: [{ ...sender, ...(account?.deliveryIdentifier && { deliveryIdentifier: account.deliveryIdentifier }) }],
    recipients: [{ ...recipient, ...(visitor.name !== undefined && { name: visitor.name }) }],
    status: { statusType: 'SENT' },
    direction: 'OUTGOING',
    channelId: thread.channelId,
    channelAccountId: thread.channelAccountId,
  };
  if (message.truncationStatus === 'TRUNCATED')
    portal.originals.set(message.id, { text: whole.text, richText: whole.richText });
  thread.messages.push(message);
  announceAgentMessage(portal, thread, message);
  announceNewMessage(portal, thread, message);
  portal.changes.emit();
  return message;
}

/** HTML is cut like any text, be it within a tag: no source tells that HubSpot closes what it cuts. */
function truncated({ text, richText }: OriginalContent, limit: number) {
  if (text.length <= limit && richText.length <= limit) return { truncationStatus: 'NOT_TRUNCATED' as const };
  return { text: text.slice(0, limit), richText: richText.slice(0, limit), truncationStatus: 'TRUNCATED' as const };
}

const common = ({ thread, by, text, richText, attachments }: Words) => ({
  id: newMessageId(),
  conversationsThreadId: thread.id,
  createdAt: new Date().toISOString(),
  createdBy: by.actorId,
  client: by.client,
  text,
  richText: richText ?? richTextOf(text),
  attachments: attachments ?? [],
  archived: false,
});
