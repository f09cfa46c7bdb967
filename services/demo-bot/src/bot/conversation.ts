import { randomUUID } from 'node:crypto';

/**
 * One thing in the chat, as the page shows it.
 *
 * - `delivery`: only on the visitor's words to the agents. `sending` until Parley has it, then `sent`; `failed` when they did not
 *   reach the agents, until an operator brings them there after all.
 * - `files`: an agent's by links that are good for an hour: a bot in production fetches them and keeps them. The visitor's by paths
 *   of this bot.
 * - `messageId`: only on an agent's words; names them when their reading is reported.
 */
export interface Line {
  readonly id: string;
  readonly from: 'visitor' | 'bot' | 'agent' | 'note';
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
  readonly agentName?: string;
  readonly messageId?: string;
  readonly delivery?: 'sending' | 'sent' | 'failed';
  readonly read?: true;
  readonly files?: readonly { readonly name: string; readonly url: string }[];
}

/** Who has the conversation: the bot, the bot while the contact form is open, the agents' queue, or an agent who has answered. */
export type Mode = 'bot' | 'asking' | 'waiting' | 'agent';

export type Change = { readonly kind: 'line'; readonly line: Line } | { readonly kind: 'mode'; readonly mode: Mode };

export interface Conversation {
  readonly id: string;
  lines(): readonly Line[];
  mode(): Mode;
  add(line: Omit<Line, 'id' | 'at'> & { readonly id?: string }): Line;
  /** Does nothing for an id that is not in this conversation. */
  update(lineId: string, changes: Partial<Pick<Line, 'delivery' | 'read'>>): void;
  setMode(mode: Mode): void;
  /** What this conversation knows of its handoff; `undefined` while the bot has it. */
  handoff: Handoff | undefined;
  /** Calls `listener` after each change. Returns the way to stop it. */
  watch(listener: (change: Change) => void): () => void;
}

export interface Handoff {
  /** Id of our `handoff.requested`. */
  readonly requestId: string;
  /** Parley's name of the handoff, known from `handoff.accepted` on. */
  readonly handoffId?: string;
  /** The agent of whom the visitor was told last. */
  readonly agentId?: string;
}

/** A conversation in memory. A bot in production keeps it in its database. */
export function createConversation(id: string): Conversation {
  const lines: Line[] = [];
  const listeners = new Set<(change: Change) => void>();
  let mode: Mode = 'bot';

  const tell = (change: Change) => {
    for (const listener of listeners) listener(change);
  };

  return {
    id,
    handoff: undefined,
    lines: () => lines,
    mode: () => mode,
    add(words) {
      const line: Line = { ...words, id: words.id ?? randomUUID(), at: new Date().toISOString() };
      lines.push(line);
      tell({ kind: 'line', line });
      return line;
    },
    update(lineId, changes) {
      const index = lines.findIndex((line) => line.id === lineId);
      const line = lines[index];
      if (!line) return;
      const changed = { ...line, ...changes };
      lines[index] = changed;
      tell({ kind: 'line', line: changed });
    },
    setMode(next) {
      mode = next;
      tell({ kind: 'mode', mode });
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
