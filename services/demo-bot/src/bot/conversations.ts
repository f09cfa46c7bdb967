import { randomUUID } from 'node:crypto';
import { type Conversation, createConversation } from './conversation.ts';
import { GREETING } from './script.ts';

export interface Conversations {
  /** The conversation of this id, begun with the bot's greeting when it is new. */
  open(id?: string): Conversation;
  find(id: string): Conversation | undefined;
}

/** All conversations of this process. The id is a visitor's only key to a conversation, so it must not be guessable. */
export function createConversations(): Conversations {
  const byId = new Map<string, Conversation>();
  return {
    find: (id) => byId.get(id),
    open(id = randomUUID()) {
      const known = byId.get(id);
      if (known) return known;
      const conversation = createConversation(id);
      byId.set(id, conversation);
      conversation.add({ from: 'bot', text: GREETING });
      return conversation;
    },
  };
}
