import type { EventToBot } from '@parley/shared/contracts/event-to-bot';
import type { Conversation } from './conversation.ts';
import type { Conversations } from './conversations.ts';
import { handBack } from './talk.ts';

interface TakeEventDeps {
  readonly conversations: Pick<Conversations, 'find'>;
  /** Gets a line for each event that did not reach the agents: why is for us to know, not for the visitor. */
  readonly log: (line: string) => void;
}

/** What each of Parley's events does to the chat. Returns false when the conversation is not known. */
export function takeEvent({ conversations, log }: TakeEventDeps, event: EventToBot): boolean {
  const conversation = conversations.find(event.conversationId);
  if (!conversation) return false;
  switch (event.type) {
    case 'handoff.accepted':
      accepted(conversation, event.data);
      break;
    case 'handoff.assigned':
      join(conversation, event.data);
      break;
    case 'agent.message':
      showAgentMessage(conversation, event.data);
      break;
    case 'handoff.closed':
      if (conversation.handoff?.handoffId === event.data.handoffId)
        handBack(conversation, 'The agent closed the chat.');
      break;
    case 'message.undeliverable':
      log(`${event.data.eventId} of conversation ${conversation.id} did not reach the agents: ${event.data.reason}`);
      didNotArrive(conversation, event.data.eventId);
      break;
    case 'message.delivered':
      conversation.update(event.data.eventId, { delivery: 'sent' });
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

/** Says who is here now, when it is somebody else than before. */
function join(conversation: Conversation, { handoffId, agent }: Data<'handoff.assigned'>): void {
  const { handoff } = conversation;
  if (handoff?.handoffId !== handoffId || handoff.agentId === agent.id) return;
  conversation.handoff = { ...handoff, agentId: agent.id };
  conversation.add({ from: 'note', text: `${agent.name ?? 'An agent'} joined the chat.` });
}

/** Shown in any case; only an agent of the handoff that stands has the conversation. */
function showAgentMessage(
  conversation: Conversation,
  { agent, handoffId, messageId, text, attachments = [] }: Data<'agent.message'>,
): void {
  if (conversation.handoff?.handoffId === handoffId) {
    conversation.setMode('agent');
    join(conversation, { handoffId, agent });
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
export function didNotArrive(conversation: Conversation, eventId: string): void {
  if (conversation.handoff?.requestId === eventId) {
    conversation.setMode('bot');
    conversation.add({
      from: 'note',
      text: 'Our team could not be reached just now. Please try again in a little while.',
    });
    return;
  }
  conversation.update(eventId, { delivery: 'failed' });
}
