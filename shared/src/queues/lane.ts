import { hash } from 'node:crypto';
import type { ChannelAccountId, ConversationId } from '../contracts/ids.ts';

const UNKNOWN_THREAD = 'unknown-thread-';

/** The ordered line of one conversation in one queue. `conversation` is unique within the account. */
export interface Lane {
  readonly account: ChannelAccountId;
  /** The bot's conversation, or, where HubSpot names a thread that we do not know, a name made from that thread. */
  readonly conversation: ConversationId | `${typeof UNKNOWN_THREAD}${string}`;
}

/** Account ids are digits, so the first slash ends the account whatever the conversation is called. */
export const laneName = ({ account, conversation }: Lane): string => `${account}/${conversation}`;

export const accountOf = (lane: string): string => lane.slice(0, lane.indexOf('/'));

export const isOfUnknownThread = (lane: string): boolean => conversationOf(lane).startsWith(UNKNOWN_THREAD);

export const conversationOf = (lane: string): string => lane.slice(lane.indexOf('/') + 1);

/** One message as it stands in a lane. */
export interface Entry {
  readonly eventId: string;
  /** Grows with acceptance within a queue; given by Redis. */
  readonly number: number;
  /** Milliseconds since 1970, set by whoever accepted it. */
  readonly acceptedAt: number;
  /** It was dead, and an operator put it back. */
  readonly replayed?: true;
  readonly message: unknown;
}

/**
 * `<event id>\n<number>\n<acceptedAt>\n<JSON>`, with ` replayed` behind the time where it was: the scripts read the first two
 * without decoding JSON. Ids hold no line break.
 */
export const encodeEntry = (entry: Entry): string => `${entry.eventId}\n${entry.number}\n${encodeRest(entry)}`;

/** What follows the number, which Redis gives. */
export const encodeRest = ({ acceptedAt, replayed, message }: Omit<Entry, 'eventId' | 'number'>): string =>
  `${acceptedAt}${replayed ? REPLAYED : ''}\n${JSON.stringify(message)}`;

const REPLAYED = ' replayed';

export function decodeEntry(entry: string): Entry {
  const [eventId = '', number = '', accepted = '', ...json] = entry.split('\n');
  const message: unknown = JSON.parse(json.join('\n'));
  const head = { eventId, number: Number(number), acceptedAt: Number(accepted.replace(REPLAYED, '')) };
  return accepted.endsWith(REPLAYED) ? { ...head, replayed: true, message } : { ...head, message };
}

/** What an entry is given by whoever accepts it: an id that is the same whenever the same thing is accepted again. */
export interface Accepted<Message> {
  readonly lane: Lane;
  readonly id: string;
  readonly message: Message;
}

/** The BullMQ job of one generation of a lane's turn. Ids may hold no `:`, and conversation ids may hold anything. */
export const turnId = (lane: string, generation: string): string => `turn-${digest(lane)}-${generation}`;

/** One death of one message: a message that is replayed and dies again is another letter. */
export const deadLetterId = ({ lane, eventId, diedAt }: { lane: string; eventId: string; diedAt: number }): string =>
  `dead-${digest(`${lane}/${eventId}`)}-${diedAt}`;

/** Ids come back out of addresses, and BullMQ keeps other things than jobs under names that look like one: `wait`, `meta`. */
export const isDeadLetterId = (id: string): boolean => /^dead-[0-9a-f]{16}-\d+$/.test(id);

const digest = (text: string) => hash('sha256', text).slice(0, 16);
