import type { Conversation, Line, Mode } from '../bot/conversation.ts';
import type { Conversations } from '../bot/conversations.ts';
import type { Talk, VisitorDetails } from '../bot/talk.ts';
import { until } from './until.ts';

/** A visitor without a browser, in the same process: does what the page does, and sees what the page shows. */
export interface Visitor {
  readonly conversationId: string;
  say(text: string): void;
  requestAgent(details?: VisitorDetails): void;
  read(messageId: string): void;
  end(): void;
  lines(): readonly Line[];
  mode(): Mode;
  /** Resolves with the lines as soon as `predicate` holds for them; rejects after 15 s, or `withinMs`. */
  until(predicate: (lines: readonly Line[], mode: Mode) => boolean, withinMs?: number): Promise<readonly Line[]>;
}

export function createVisitor(deps: {
  conversations: Conversations;
  talk: Talk;
  conversationId?: string | undefined;
}): Visitor {
  const { talk } = deps;
  const conversation: Conversation = deps.conversations.open(deps.conversationId);
  return {
    conversationId: conversation.id,
    say: (text) => talk.say(conversation, text),
    requestAgent: (details = {}) => talk.requestAgent(conversation, details),
    read: (messageId) => talk.markRead(conversation, messageId),
    end: () => talk.end(conversation),
    lines: () => [...conversation.lines()],
    mode: () => conversation.mode(),
    until: (predicate, withinMs = 15_000) =>
      until({
        what: `what the visitor of ${conversation.id} waits for`,
        look: () => (predicate(conversation.lines(), conversation.mode()) ? [...conversation.lines()] : undefined),
        watch: (listener) => conversation.watch(listener),
        withinMs,
      }),
  };
}
