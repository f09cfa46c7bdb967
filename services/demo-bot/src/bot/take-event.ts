import type { EventToBot } from '@parley/shared/contracts/event-to-bot';
import type { Conversation } from './conversation.ts';
import type { Conversations } from './conversations.ts';
import { handBack } from './talk.ts';

/** What each of Parley's events does to the chat. Returns false when the conversation is not known. */
export function takeEvent(conversations: Pick<Conversations, 'find'>, event: EventToBot): boolean {
  const conversation = conversations.find(event.conversationId);
  if (!conversation) return false;
  switch (event.type) {
    case 'handoff.accepted':
      accepted(conversation, event.data);
      break;
    case 'agent.message':
      showAgentMessage(conversation, event.data);
      break;
    case 'handoff.closed':
      if (conversation.handoff?.handoffId === event.data.handoffId)
        handBack(conversation, 'The agent closed the chat.');
      break;
    case 'message.undeliverable':
      didNotArrive(conversation, event.data);
      break;
  }
  return true;
}

type Data<Type extends EventToBot['type']> = Extract<EventToBot, { type: Type }>['data'];

/** The visitor may have left, or asked again, before this arrives: only the request that stands counts. */
function accepted(conversation: Conversation, { requestId, handoffId }: Data<'handoff.accepted'>): void {
  if (conversation.handoff?.requestId !== requestId) return;
  conversation.handoff = { requestId, handoffId };
  conversation.setMode('waiting');
  conversation.add({ from: 'note', text: 'You are in the queue, an agent will answer here.' });
}

/** Shown in any case; only an agent of the handoff that stands has the conversation. */
function showAgentMessage(
  conversation: Conversation,
  { agent, handoffId, messageId, text, attachments = [] }: Data<'agent.message'>,
): void {
  if (conversation.mode() === 'waiting' && conversation.handoff?.handoffId === handoffId) {
    conversation.setMode('agent');
    conversation.add({ from: 'note', text: `${agent.name ?? 'An agent'} joined the chat.` });
  }
  const files = attachments.map(({ name, url }) => ({ name, url }));
  conversation.add({
    from: 'agent',
    agentName: agent.name ?? 'Agent',
    messageId,
    text,
    ...(files.length > 0 ? { files } : {}),
  });
}

/**
 * An event did not reach the agents. A request for a person that failed gives the conversation back to the bot, and keeps the
 * request, since an operator may still replay it: then `handoff.accepted` follows.
 */
export function didNotArrive(conversation: Conversation, failed: { eventId: string; reason: string }): void {
  if (conversation.handoff?.requestId === failed.eventId) {
    conversation.setMode('bot');
    conversation.add({
      from: 'note',
      text: 'Our team could not be reached just now. Please try again in a little while.',
    });
    return;
  }
  conversation.update(failed.eventId, { delivery: 'failed', reason: failed.reason });
}
