import { nameOfFile } from '@parley/shared/content/file-name';
import type { FromBot } from '@parley/shared/contracts/event-from-bot';
import type { HandoffEntry } from '@parley/shared/conversations/handoff-index';
import { NotYet, RetryableError, TerminalError } from '@parley/shared/failures';
import { Unfetchable } from '@parley/shared/http/unfetchable';
import type { PortalPause } from '@parley/shared/hubspot/rate-budget';
import { type CarryParts, carryFile, type FileToCarry } from './carry-file.ts';
import type { FileEnd, FileKey, FileMemory } from './file-memory.ts';

export interface Brought {
  readonly fileIds: readonly string[];
  /** A line for the agent for each file that can never be had. */
  readonly notes: readonly string[];
}

/**
 * Brings the files of one message from the bot to HubSpot, all at once and each once: what a later attempt finds done is not
 * fetched again. An attempt ends after {@link ATTEMPT_MS}, however its files hang. While a file may still come it throws
 * {@link NotYet}: its tries are counted by themselves, so that the words wait about half a minute and none of their attempts is
 * burnt. While HubSpot's portal waits nothing is fetched and no try counted.
 */
export type BringFiles = (request: { handoff: HandoffEntry; event: FromBot<'visitor.message'> }) => Promise<Brought>;

/**
 * Milliseconds before the second try of a file, the third, and so on: bots announce files that are still being stored or scanned.
 * No try begins when more time has passed since the first one than all of these together, half a minute: a file that hangs
 * spends it in fewer tries.
 */
const FILE_LADDER = [1_000, 2_000, 4_000, 8_000, 15_000] as const;

/** For all the files of a message together, from the first lookup to HubSpot's last answer. */
const ATTEMPT_MS = 15_000;

/** A pause may end before its time, so those who wait for a long one look again. */
const LOOK_AGAIN_MS = 5_000;

interface Parts extends CarryParts {
  readonly memory: FileMemory;
  /** The pause of the portal, if it has one. */
  readonly pause: () => Promise<PortalPause | undefined>;
  readonly ladder?: readonly number[];
  readonly attemptMs?: number;
  readonly now?: () => number;
}

type Tried = FileEnd | { readonly againInMs: number; readonly why: string };

export const createBringFiles =
  (parts: Parts): BringFiles =>
  async ({ handoff, event }) => {
    const { attachments = [] } = event.data;
    const files = await Promise.all(
      attachments.map(async (attachment, index) => {
        const key: FileKey = `${handoff.account}/${event.id}/${index}`;
        const name = nameOfFile(attachment);
        return { key, name, attachment, folder: `/Parley/${handoff.handoffId}`, end: await parts.memory.recall(key) };
      }),
    );
    if (files.some(({ end }) => !end)) await turnAwayWhilePaused(parts);
    const deadline = AbortSignal.timeout(parts.attemptMs ?? ATTEMPT_MS);
    // The end of each is awaited and remembered, whatever became of the others.
    const settled = await Promise.allSettled(files.map(async (file) => file.end ?? tryOnce(parts, file, deadline)));
    throwWorst(settled.flatMap((result) => (result.status === 'rejected' ? [result.reason] : [])));
    const tried = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const waiting = tried.flatMap((end) => ('againInMs' in end ? [end] : []));
    if (waiting.length > 0) {
      const reasons = [...new Set(waiting.map(({ why }) => why))].join(', ');
      throw new NotYet(
        `${waiting.length} of ${tried.length} files of event ${event.id} cannot be had yet: ${reasons}`,
        Math.max(...waiting.map(({ againInMs }) => againInMs)),
      );
    }
    return {
      fileIds: tried.flatMap((end) => ('fileId' in end ? [end.fileId] : [])),
      notes: tried.flatMap((end, index) =>
        'lost' in end ? [`[file ${files[index]?.name} could not be ${end.lost}]`] : [],
      ),
    };
  };

async function turnAwayWhilePaused({ pause, now = Date.now }: Parts): Promise<void> {
  const state = await pause();
  const waitMs = state ? state.until - now() : 0;
  if (!state || waitMs <= 0) return;
  throw new RetryableError(
    `portal ${state.portalId} is paused until ${new Date(state.until).toISOString()}: ${state.why}`,
    {
      scope: 'portal',
      certain: true,
      retryAfterMs: Math.min(waitMs, LOOK_AGAIN_MS),
    },
  );
}

/** What costs the message nothing goes before what would: the portal's failure, or that it is too early. */
function throwWorst(failures: readonly unknown[]): void {
  if (failures.length > 0) throw failures.find(isFree) ?? failures[0];
}

const isFree = (failure: unknown) =>
  failure instanceof NotYet || (failure instanceof RetryableError && failure.scope === 'portal');

async function tryOnce(
  parts: Parts,
  file: FileToCarry & { readonly key: FileKey },
  deadline: AbortSignal,
): Promise<Tried> {
  const { memory, ladder = FILE_LADDER, now = Date.now } = parts;
  const startedAt = now();
  const end = await carryFile(parts, file, deadline).catch(async (error: unknown): Promise<Tried> => {
    if (error instanceof TerminalError) return { lost: 'passed on: HubSpot refused it' };
    if (!(error instanceof Unfetchable)) throw error;
    const lost = { lost: `fetched: ${error.message}` };
    if (!error.later) return lost;
    const { tries, firstAt } = await memory.countTry(file.key, startedAt);
    const againInMs = ladder[tries - 1];
    const isOver = now() - firstAt >= ladder.reduce((sum, step) => sum + step, 0);
    return againInMs === undefined || isOver ? lost : { againInMs, why: error.message };
  });
  if (!('againInMs' in end)) await memory.remember(file.key, end);
  return end;
}
