import type { AgentDelivery } from '@parley/shared/contracts/agent-delivery';
import type { ChannelAccountId } from '@parley/shared/contracts/ids';
import { type Conversation, isHandedOff } from '@parley/shared/conversations/conversation';
import { type Look, type LookParts, lookAtHandoff } from '@parley/shared/conversations/look-at-handoff';
import type { Seen, WatchedHandoff, WatchedHandoffs } from '@parley/shared/conversations/watched-handoffs';
import { NotYet, RetryableError, TerminalError } from '@parley/shared/failures';
import { closeId } from '@parley/shared/hubspot/thread-events-of';
import type { Accept } from '@parley/shared/queues/producer';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';

export interface ReconcileParts extends Omit<LookParts, 'hubspot'> {
  /** Those of the portal. */
  readonly accounts: readonly { readonly account: ChannelAccountId; readonly hubspot: LookParts['hubspot'] }[];
  readonly watched: Pick<WatchedHandoffs, 'due' | 'postpone' | 'unwatch'>;
  readonly acceptAgentDelivery: Accept<AgentDelivery>;
  readonly telemetry: Pick<Telemetry, 'reconciled' | 'ignored' | 'logger'>;
}

/** In a round of ten seconds, a tenth of the 100 calls that HubSpot allows at least. The last look of a round is ended. */
const CALLS_A_ROUND = 10;

/** Each may last as long as a call may; so many at once are HubSpot's trouble and not the threads'. */
const FAILURES_A_ROUND = 3;

/** An answer to words that were said just now is likely; an answer after a quiet day is not. */
const LEAST_PAUSE_MS = 60_000;
const MOST_PAUSE_MS = 15 * 60_000;
/** A thread that was quiet for an hour is looked at every six minutes. */
const PART_OF_SILENCE = 0.1;

/** What was said shortly before the last look may have been on its way within HubSpot. */
const OVERLAP_MS = 10 * 60_000;

/**
 * One round of reconciling for one portal: HubSpot may never repeat a webhook of the channel, so the threads that are due are read, those with
 * the newest words first, and what is found goes into the lane as its webhook would have, under the same id: a webhook that comes
 * after all is a duplicate.
 *
 * Stops as soon as the portal waits or has no call left; whoever was not looked at stays due. A thread that cannot be looked at is
 * put off, so that it keeps no other from it; after a few of them the round stops too. Dying anywhere repeats a look.
 * `mayGoOn` is asked before each look.
 */
export async function reconcile(parts: ReconcileParts, mayGoOn: () => Promise<boolean>): Promise<void> {
  const { telemetry } = parts;
  const calls = { spent: 0 };
  let failures = 0;
  for (const { hubspot, ...handoff } of await dueNow(parts)) {
    if (calls.spent >= CALLS_A_ROUND || failures >= FAILURES_A_ROUND || !(await mayGoOn())) return;
    try {
      const found = await lookAt({ ...parts, hubspot: counted(hubspot, calls) }, handoff);
      telemetry.reconciled({ account: handoff.entry.account, found });
    } catch (error) {
      if (error instanceof NotYet) return;
      if (!(error instanceof RetryableError || error instanceof TerminalError)) throw error;
      const { conversation, handoffId } = handoff.entry;
      telemetry.logger.warn({ conversation, handoffId, reason: error.message }, 'a thread could not be looked at');
      if (error instanceof RetryableError && error.scope === 'portal') return;
      failures += 1;
      await putOff(parts, handoff, error);
    }
  }
}

/** Of all accounts, those with the newest words first. */
async function dueNow({ watched, accounts }: ReconcileParts) {
  const due = accounts.map(async ({ account, hubspot }) =>
    (await watched.due(account, { count: CALLS_A_ROUND })).map((handoff) => ({ ...handoff, hubspot })),
  );
  return (await Promise.all(due)).flat().toSorted((one, other) => spokenAt(other) - spokenAt(one));
}

const spokenAt = ({ seen }: WatchedHandoff) => seen?.latestMessageAt ?? Number.POSITIVE_INFINITY;

/** A handoff that is over is not asked about for ever when HubSpot refuses to tell. */
async function putOff(
  { watched, conversations }: ReconcileParts,
  { entry }: WatchedHandoff,
  error: RetryableError | TerminalError,
): Promise<void> {
  const isOver = error instanceof TerminalError && !isGoingOn(await conversations.find(entry), entry);
  await (isOver ? watched.unwatch(entry) : watched.postpone(entry, { inMs: MOST_PAUSE_MS }));
}

const isGoingOn = (conversation: Conversation | undefined, { handoffId }: WatchedHandoff['entry']): boolean =>
  isHandedOff(conversation) && conversation.handoffId === handoffId;

/** The number of messages and closes that no webhook had brought. */
async function lookAt(parts: ReconcileParts & LookParts, { entry, seen }: WatchedHandoff): Promise<number> {
  const { watched, conversations, telemetry } = parts;
  const handedOff = isGoingOn(await conversations.find(entry), entry);
  const at = Date.now();
  const since = seen && seen.at - OVERLAP_MS;
  const asked = { urgency: 'polling' as const, known: seen?.words };
  const look = await lookAtHandoff(parts, entry, since === undefined ? asked : { ...asked, since });
  for (const detail of look?.malformed ?? []) {
    telemetry.ignored({ route: 'reconcile', reason: 'not to be understood', detail });
  }

  const found = look ? [...look.replies, ...(handedOff ? closeIn(look, entry.handoffId) : [])] : [];
  const messages = found.map((one) => ({ lane: entry, ...one }));
  const { accepted } = messages.length === 0 ? { accepted: 0 } : await parts.acceptAgentDelivery(messages);
  // The look came after the end of the handoff: there is nothing left to wait for.
  if (!handedOff) await watched.unwatch(entry);
  else await watched.postpone(entry, { inMs: pauseMs(at, look), ...(look && { seen: seenIn(at, look) }) });
  return accepted;
}

function closeIn(look: Look, handoffId: WatchedHandoff['entry']['handoffId']) {
  const { is, threadId, closedAt } = look;
  if (is === 'open') return [];
  const id = is === 'gone' ? `gone-${threadId}-${handoffId}` : closeId(threadId, handoffId, closedAt);
  return [{ id, message: { kind: 'thread-closed' as const, threadId, handoffIds: [handoffId], closedAt } }];
}

const pauseMs = (at: number, look: Look | undefined) =>
  Math.min(MOST_PAUSE_MS, Math.max(LEAST_PAUSE_MS, look ? (at - look.latestMessageAt) * PART_OF_SILENCE : 0));

const seenIn = (at: number, { words, latestMessageAt }: Look): Seen => ({ at, words, latestMessageAt });

/** Each function makes one call, save for threads in the trash and very long ones. */
function counted({ readThread, readReplies, findThread }: LookParts['hubspot'], calls: { spent: number }) {
  const counting =
    <Args extends unknown[], Answer>(ask: (...args: Args) => Answer) =>
    (...args: Args): Answer => {
      calls.spent += 1;
      return ask(...args);
    };
  return {
    readThread: counting(readThread),
    readReplies: counting(readReplies),
    findThread: counting(findThread),
  };
}
