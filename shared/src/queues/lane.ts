import { createHash } from 'node:crypto';
import type { ChannelAccountId, ConversationId } from '../contracts/ids.ts';

/** The ordered line of one conversation in one queue. `conversation` is unique within the account. */
export interface Lane {
  readonly account: ChannelAccountId;
  /** The bot's conversation, or, where HubSpot names a thread that we do not know, a name made from that thread. */
  readonly conversation: ConversationId | `unknown-thread-${string}`;
}

/** Account ids are digits, so the first slash ends the account whatever the conversation is called. */
export const laneName = ({ account, conversation }: Lane): string => `${account}/${conversation}`;

export const accountOf = (lane: string): string => lane.slice(0, lane.indexOf('/'));

export const conversationOf = (lane: string): string => lane.slice(lane.indexOf('/') + 1);

/** One message as it stands in a lane. */
export interface Entry {
  readonly eventId: string;
  /** Milliseconds since 1970, set by whoever accepted it. */
  readonly acceptedAt: number;
  readonly message: unknown;
}

/** `<event id>\n<acceptedAt>\n<JSON>`: the scripts find the id without decoding JSON. Ids hold no line break. */
export const encodeEntry = ({ eventId, acceptedAt, message }: Entry): string =>
  `${eventId}\n${acceptedAt}\n${JSON.stringify(message)}`;

export function decodeEntry(entry: string): Entry {
  const [eventId = '', acceptedAt = '', ...json] = entry.split('\n');
  return { eventId, acceptedAt: Number(acceptedAt), message: JSON.parse(json.join('\n')) };
}

/** What an entry is given by whoever accepts it: an id that is the same whenever the same thing is accepted again. */
export interface Accepted<Message> {
  readonly id: string;
  readonly message: Message;
}

/** The BullMQ job of one generation of a lane's turn. Ids may hold no `:`, and conversation ids may hold anything. */
export const turnId = (lane: string, generation: string): string => `turn-${digest(lane)}-${generation}`;

export const deadLetterId = (account: string, eventId: string): string => `dead-${digest(`${account}/${eventId}`)}`;

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);
