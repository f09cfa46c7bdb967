import { withNotes } from '@parley/shared/content/with-notes';
import type { DeliveryReport } from '@parley/shared/contracts/delivery-report';
import type { EventFromBot, FromBot } from '@parley/shared/contracts/event-from-bot';
import { followUpId } from '@parley/shared/contracts/ids';
import { withNews } from '@parley/shared/contracts/visitor';
import { type Conversation, isHandedOff } from '@parley/shared/conversations/conversation';
import type { Conversations } from '@parley/shared/conversations/conversations';
import type { HandoffEntry } from '@parley/shared/conversations/handoff-index';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import type { HubSpotClient } from '@parley/shared/hubspot/client';
import { delivered, duplicate, ignored, type Outcome } from '@parley/shared/queues/outcome';
import type { Accept } from '@parley/shared/queues/producer';
import type { Attempt, Handle } from '@parley/shared/queues/turn';
import type { BringFiles } from './bring-files.ts';
import { introduce } from './contact-identity.ts';
import { type HandoffParts, requestHandoff } from './handoff-requested.ts';
import { keepContact } from './keep-contact.ts';
import { tellBot } from './tell-bot.ts';

export interface PublisherParts extends HandoffParts {
  readonly hubspot: Pick<HubSpotClient, 'upsertContact' | 'closeThread'>;
  readonly conversations: Pick<Conversations, 'find' | 'begin' | 'save' | 'move'>;
  readonly bringFiles: BringFiles;
  readonly acceptReport: Accept<DeliveryReport>;
}

/** Brings one event of the bot's to HubSpot. Of one that was replayed the bot had heard that it would not arrive. */
export const createPublishEvent =
  (parts: PublisherParts): Handle<EventFromBot> =>
  async (event, attempt) => {
    const outcome = await publish(parts, event, attempt);
    if (attempt.replayed && outcome.kind !== 'ignored')
      await tellBot(parts, event, { type: 'message.delivered', data: { eventId: event.id } });
    return outcome;
  };

function publish(parts: PublisherParts, event: EventFromBot, attempt: Attempt): Promise<Outcome> {
  switch (event.type) {
    case 'handoff.requested':
      return requestHandoff(parts, event, attempt);
    case 'visitor.message':
      return publishMessage(parts, event);
    case 'bot.message':
      return commentOnBotMessage(parts, event);
    case 'visitor.identified':
      return identifyVisitor(parts, event, attempt);
    case 'agent-message.read':
      return reportRead(parts, event);
    case 'conversation.ended':
      return endConversation(parts, event);
  }
}

async function publishMessage(parts: PublisherParts, event: FromBot<'visitor.message'>): Promise<Outcome> {
  const { handoff, conversation } = await handedOff(parts, event);
  const { fileIds, notes } = await parts.bringFiles({ handoff, event });
  const words = withNotes(event.data, notes);
  const outcome = await parts.publishWords({ ...words, fileIds, handoff, conversation, eventId: event.id });
  return outcome === 'duplicate' ? duplicate : delivered;
}

async function commentOnBotMessage(parts: PublisherParts, event: FromBot<'bot.message'>): Promise<Outcome> {
  const { handoff } = await handedOff(parts, event);
  await parts.comment(handoff, { commentId: event.id, title: 'The bot said', text: event.data.text });
  return delivered;
}

/** Known before a handoff, the visitor is only remembered for it. */
async function identifyVisitor(
  parts: PublisherParts,
  event: FromBot<'visitor.identified'>,
  { number: attempt }: Attempt,
): Promise<Outcome> {
  const { account, conversations, comment, identity } = parts;
  const key = { account, conversation: event.conversationId };
  const conversation = await conversations.find(key);
  const visitor = withNews(conversation?.visitor, event.data.visitor);
  if (!isHandedOff(conversation) || !conversation.handoffId) {
    await conversations.save({ ...key, handoffId: conversation?.handoffId }, { visitor });
    return delivered;
  }
  const handoff = { ...key, handoffId: conversation.handoffId };
  const { note, ...known } = await keepContact(parts, { visitor, before: conversation.visitor, attempt });
  await conversations.save(handoff, known);
  await comment(handoff, { commentId: event.id, title: `The visitor is ${introduce(visitor, identity)}`, text: note });
  return delivered;
}

/** Through the queue of reports, where it stands behind the report that the message was sent. */
async function reportRead(
  { account, acceptReport }: PublisherParts,
  event: FromBot<'agent-message.read'>,
): Promise<Outcome> {
  const { messageId } = event.data;
  const lane = { account, conversation: event.conversationId };
  await acceptReport([{ lane, id: followUpId('read', messageId), message: { messageId, status: 'read' } }]);
  return delivered;
}

async function endConversation(parts: PublisherParts, event: FromBot<'conversation.ended'>): Promise<Outcome> {
  const key = { account: parts.account, conversation: event.conversationId };
  const conversation = await parts.conversations.find(key);
  if (!conversation?.handoffId || conversation.state === 'bot')
    return ignored('the agents do not have this conversation');
  const handoff = { ...key, handoffId: conversation.handoffId };
  // Closed in our record first: HubSpot's word of the closing, which we cause here, must not reach the bot as the agent's.
  await parts.conversations.move(handoff, ['waiting', 'with-agent'], 'closed');
  await parts.comment(handoff, { commentId: `end-${handoff.handoffId}`, title: 'The visitor left the chat' });
  if (!conversation.threadId) throw new RetryableError('the thread to be closed is not known yet', { certain: true });
  await parts.hubspot.closeThread(conversation.threadId);
  return delivered;
}

interface HandedOff {
  readonly handoff: HandoffEntry;
  readonly conversation: Conversation;
}

async function handedOff({ account, conversations }: PublisherParts, event: EventFromBot): Promise<HandedOff> {
  const key = { account, conversation: event.conversationId };
  const conversation = await conversations.find(key);
  if (!isHandedOff(conversation) || !conversation.handoffId) {
    throw new TerminalError(
      `the agents do not have conversation ${event.conversationId}: send handoff.requested before ${event.type}`,
    );
  }
  return { handoff: { ...key, handoffId: conversation.handoffId }, conversation };
}
