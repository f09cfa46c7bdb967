import type { AgentDelivery } from '../contracts/agent-delivery.ts';
import type { MessageId, PortalId, ThreadId } from '../contracts/ids.ts';
import type { HubSpotClient } from '../hubspot/client.ts';
import type { Urgency } from '../hubspot/urgency.ts';
import { MEMORY_SECONDS } from '../redis/do-once.ts';
import type { Conversations } from './conversations.ts';
import type { HandoffEntry } from './handoff-index.ts';

/** What HubSpot's API says of a handoff that webhooks may have left out. */
export interface Look {
  /** `gone`: deleted for good, and not merged into another thread. */
  readonly is: 'open' | 'closed' | 'gone';
  readonly threadId: ThreadId;
  /** ISO 8601; of a thread that is open or gone, the time of the look. */
  readonly closedAt: string;
  /** The agents' words, oldest first, under the ids under which their webhooks are accepted: in a lane, both are one. */
  readonly replies: readonly { readonly id: string; readonly message: AgentDelivery }[];
  /** HubSpot's times of the latest words: as long as they are the same, this look has brought all; empty when it tells none. */
  readonly words: string;
  /** Milliseconds since 1970. */
  readonly latestMessageAt: number;
  readonly malformed: readonly string[];
}

export interface LookParts {
  readonly portal: PortalId;
  readonly hubspot: Pick<HubSpotClient, 'readThread' | 'readReplies' | 'findThread'>;
  readonly conversations: Pick<Conversations, 'find' | 'threadOf' | 'followThread'>;
}

/** What was said before this is not asked for: its ids may be forgotten, and it would be said again. A day is left for clocks and pauses. */
const OLDEST_MS = (MEMORY_SECONDS - 24 * 60 * 60) * 1_000;

/** A look that found something is brought to its end: else a busy portal would let each look begin, and none come to anything. */
const BEGUN: Urgency = 'delivery';

/**
 * Reads the thread in which a handoff goes on and the replies in it. Undefined while HubSpot has not named a thread. Changes
 * nothing, except that it follows a thread that was merged into another one; throws what the client throws.
 *
 * `since`: what was said before is known, milliseconds since 1970. `known`: the `words` of an earlier look; while they are the
 * same, the messages are not read.
 */
export async function lookAtHandoff(
  parts: LookParts,
  entry: HandoffEntry,
  asked: { readonly urgency: Urgency; readonly since?: number; readonly known?: string | undefined },
): Promise<Look | undefined> {
  const { hubspot } = parts;
  const found = await stateOf(parts, entry, asked.urgency);
  if (!found) return undefined;
  const { threadId, thread } = found;
  const now = Date.now();
  if (!thread) {
    const closedAt = new Date(now).toISOString();
    return { is: 'gone', threadId, closedAt, replies: [], words: '', latestMessageAt: now, malformed: [] };
  }
  const { words, latestMessageAt } = thread;
  const nothingNew = words !== '' && words === asked.known;
  const where = { threadId, handoffId: entry.handoffId, archived: thread.is === 'archived' };
  const since = Math.max(asked.since ?? 0, now - OLDEST_MS);
  const { replies, malformed } = nothingNew
    ? { replies: [], malformed: [] }
    : await hubspot.readReplies({ ...where, since }, BEGUN);
  return {
    is: thread.is === 'open' ? 'open' : 'closed',
    threadId,
    closedAt: thread.closedAt,
    replies: replies.map(({ dedupeId, delivery }) => ({ id: dedupeId, message: delivery })),
    words,
    latestMessageAt,
    malformed,
  };
}

async function stateOf({ portal, hubspot, conversations }: LookParts, entry: HandoffEntry, urgency: Urgency) {
  const threadId = await conversations.threadOf(entry.handoffId);
  if (!threadId) return undefined;
  const thread = await hubspot.readThread(threadId, urgency);
  if (thread) return { threadId, thread };
  // A thread that agents merged into another one is not to be found any more, but what was said in it is.
  const conversation = await conversations.find(entry);
  const said: MessageId | undefined =
    conversation?.handoffId === entry.handoffId ? conversation.lastMessageId : undefined;
  const survivor = said && (await hubspot.findThread(said, BEGUN));
  if (!survivor || survivor === threadId) return { threadId, thread };
  await conversations.followThread({ portal, threadId: survivor }, entry, Date.now());
  return { threadId: survivor, thread: await hubspot.readThread(survivor, BEGUN) };
}
