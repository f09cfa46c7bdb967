import { makeEvent } from '../parley/event.ts';
import type { Outbox } from '../parley/outbox.ts';
import type { Conversation } from './conversation.ts';
import type { KeptFile } from './files.ts';
import { PASSING_ON, replyTo, WELCOME_BACK } from './script.ts';
import { transcriptOf } from './transcript.ts';

export interface VisitorDetails {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** What a visitor can do in a conversation, whether the bot or the agents have it. */
export interface Talk {
  /** Only agents get files. */
  say(conversation: Conversation, text: string, files?: readonly KeptFile[]): void;
  /** Hands the conversation to the agents. Does nothing when they have it already: people click twice. */
  requestAgent(conversation: Conversation, details: VisitorDetails): void;
  /** Reports, once, that the visitor has seen this agent's message. */
  markRead(conversation: Conversation, messageId: string): void;
  /** The visitor leaves the agents; the bot takes over. */
  end(conversation: Conversation): void;
}

export const withAgents = (conversation: Conversation) =>
  conversation.mode() === 'waiting' || conversation.mode() === 'agent';

interface TalkDeps {
  readonly outbox: Outbox;
  /** Where Parley reads what this bot serves at a path. */
  readonly addressOf: (path: string) => string;
}

export function createTalk(deps: TalkDeps): Talk {
  const { outbox } = deps;
  return {
    say(conversation, text, files = []) {
      if (withAgents(conversation)) sayToAgents(deps, { conversation, text, files });
      else sayToBot(conversation, text);
    },

    requestAgent(conversation, details) {
      if (withAgents(conversation)) return;
      const request = makeEvent('handoff.requested', conversation.id, {
        visitor: vouchedFor(details),
        transcript: transcriptOf(conversation),
      });
      conversation.handoff = { requestId: request.id };
      conversation.setMode('waiting');
      conversation.add({ from: 'bot', text: PASSING_ON });
      outbox.post(request);
    },

    markRead(conversation, messageId) {
      const line = conversation.lines().find((candidate) => candidate.messageId === messageId);
      if (!line || line.read) return;
      conversation.update(line.id, { read: true });
      outbox.post(makeEvent('agent-message.read', conversation.id, { messageId }));
    },

    end(conversation) {
      if (!withAgents(conversation)) return;
      outbox.post(makeEvent('conversation.ended', conversation.id, {}));
      handBack(conversation, 'You ended the chat with our team.');
    },
  };
}

/** The bot has the conversation back, and says so. */
export function handBack(conversation: Conversation, note: string): void {
  conversation.handoff = undefined;
  conversation.add({ from: 'note', text: note });
  conversation.setMode('bot');
  conversation.add({ from: 'bot', text: WELCOME_BACK });
}

function sayToBot(conversation: Conversation, text: string): void {
  conversation.add({ from: 'visitor', text });
  const reply = replyTo(text);
  conversation.add({ from: 'bot', text: reply.text });
  conversation.setMode(reply.asks === 'details' ? 'asking' : 'bot');
}

/** A demo, so the shop takes everybody at their word. A real bot says so of an address only after a login or a code sent there. */
const vouchedFor = ({ name, email, phone }: VisitorDetails) => ({
  name,
  ...(email && { email, emailVerified: true }),
  ...(phone && { phone, phoneVerified: true }),
});

/** The line takes the event's id, so that the outbox and Parley's notices can say what became of it. */
function sayToAgents(
  { outbox, addressOf }: TalkDeps,
  { conversation, text, files }: { conversation: Conversation; text: string; files: readonly KeptFile[] },
): void {
  const attachments = files.map(({ name, contentType, path }) => ({ url: addressOf(path), name, contentType }));
  const event = makeEvent('visitor.message', conversation.id, { text, ...(files.length > 0 && { attachments }) });
  const shown = files.map(({ name, path }) => ({ name, url: path }));
  const line = { id: event.id, from: 'visitor', text, delivery: 'sending' } as const;
  conversation.add({ ...line, ...(files.length > 0 && { files: shown }) });
  outbox.post(event);
}
