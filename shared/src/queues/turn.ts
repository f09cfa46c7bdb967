import { randomUUID } from 'node:crypto';
import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import { NotYet, RetryableError, TerminalError } from '../failures.ts';
import type { AttemptLine, Telemetry } from '../telemetry/telemetry.ts';
import type { createBurial } from './dead-letters.ts';
import { judge } from './judge.ts';
import { decodeEntry, type Entry, turnId } from './lane.ts';
import type { Run, Step } from './lanes.ts';
import type { OpenQueue, TurnData } from './open-queue.ts';
import type { Outcome, Verdict } from './outcome.ts';

export interface Attempt {
  /** 1-based. */
  readonly number: number;
  readonly eventId: string;
  /** The name of the lane: account and conversation. */
  readonly lane: string;
  /** Milliseconds since 1970, by the clock of the process that accepted it. The same in every attempt. */
  readonly acceptedAt: number;
  /** It was a dead letter, of which the sender has heard, and an operator put it back. */
  readonly replayed: boolean;
}

/** Delivers one message. Resolves with how it ended; throws `RetryableError` or `TerminalError`. It may run twice for one message. */
export type Handle<Message> = (message: Message, attempt: Attempt) => Promise<Outcome>;

/** What a turn reads of its BullMQ job, and does to it. */
export type TurnJob = Pick<
  Job<TurnData>,
  'id' | 'data' | 'attemptsStarted' | 'attemptsMade' | 'stalledCounter' | 'moveToDelayed'
>;

export interface TurnParts<Message> {
  readonly queue: Pick<OpenQueue<Message>, 'definition' | 'lanes' | 'addTurns'>;
  readonly handle: Handle<Message>;
  readonly burial: ReturnType<typeof createBurial<Message>>;
  readonly telemetry: Pick<Telemetry, 'attempted' | 'logger'>;
  /** True once the worker is closing: the turn ends after the message in hand. */
  readonly leaving: () => boolean;
}

/** A turn yields to other lanes after this many messages or milliseconds. */
const SHARE = 20;
const SHARE_MS = 5_000;

/** An answer of Redis's read later than this was asked for by a process that has been stopped since: it is asked again. */
const STALE_MS = 1_000;

/** Ends a turn whose head waits for its retry; BullMQ's backoff reads the pause from it. */
export class Retried extends Error {
  override readonly name = 'Retried';
  readonly inMs: number;

  constructor(inMs: number, failure: Error) {
    super(failure.message, { cause: failure });
    this.inMs = inMs;
  }
}

/**
 * The processor of turns: deliver the head of the lane, acknowledge it, go on with the next, until the lane is empty or the turn
 * has had its share.
 *
 * A failed head fails the job, so attempts, pauses and reasons stand on the dashboard where everybody looks for them. Every
 * change is fenced by the run: a process that was stopped and wakes up can deliver once more what it had in hand (the message's
 * idempotency id makes that harmless), but it changes nothing in a lane that has moved on. Dying at any point leaves the head
 * where it is, for the next run of the same job.
 */
export const createTurn =
  <Message>(parts: TurnParts<Message>) =>
  async (job: TurnJob, token?: string): Promise<string> => {
    const { queue, leaving } = parts;
    const { lane, generation } = job.data;
    if (job.id !== turnId(lane, generation)) return 'a copy of a turn, left alone';

    const run: Run = { lane, generation, number: job.attemptsStarted, nonce: randomUUID() };
    // Attempts are counted by job. They are the head's own as long as a turn that has some serves no second message.
    const burdened = job.attemptsMade > 0 || job.stalledCounter > 0;
    const startedAt = Date.now();

    let step = await stepFreshly(queue, run, 'begin');
    for (let served = 1; step.kind === 'deliver'; served++) {
      const entry = decodeEntry(step.entry);
      const end = await attempt(parts, entry, { lane, number: job.attemptsMade + 1 });
      if (end.kind === 'failed') return leave(parts, { run, job, token, entry, ...end });
      const last = burdened || leaving() || served >= SHARE || Date.now() - startedAt > SHARE_MS;
      step = await stepFreshly(queue, run, last ? 'last' : 'next', entry.eventId);
    }
    if (step.kind === 'over') await queue.addTurns(step.turns);
    return step.kind;
  };

async function stepFreshly(
  queue: Pick<OpenQueue<unknown>, 'lanes'>,
  run: Run,
  mode: 'begin' | 'next' | 'last',
  delivered = '',
): Promise<Step> {
  const askedAt = Date.now();
  const step = await queue.lanes.step(run, mode, delivered);
  const stale = step.kind === 'deliver' && Date.now() - askedAt > STALE_MS;
  return stale ? queue.lanes.step(run, 'begin') : step;
}

type AttemptEnd =
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly verdict: Verdict; readonly failure: Error };

async function attempt<Message>(
  { queue, handle, telemetry }: TurnParts<Message>,
  entry: Entry,
  { lane, number }: { lane: string; number: number },
): Promise<AttemptEnd> {
  const { definition } = queue;
  const startedAt = Date.now();
  const write = (line: Pick<AttemptLine, 'outcome' | 'reason' | 'retryInMs'>) =>
    telemetry.attempted({
      queue: definition.name,
      lane,
      eventId: entry.eventId,
      attempt: number,
      durationMs: Date.now() - startedAt,
      ageMs: Date.now() - entry.acceptedAt,
      ...line,
    });

  try {
    const outcome: Outcome = await handle(parseMessage(queue, entry), {
      number,
      lane,
      eventId: entry.eventId,
      acceptedAt: entry.acceptedAt,
      replayed: entry.replayed === true,
    });
    write({ outcome: outcome.kind, reason: outcome.kind === 'ignored' ? outcome.reason : undefined });
    return { kind: 'ended' };
  } catch (thrown) {
    const failure = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (!isExpected(failure))
      telemetry.logger.error({ err: failure, queue: definition.name, lane }, 'a bug in a handler');
    const verdict = judge(failure, { ladder: definition.ladder, attempt: number });
    const retryInMs =
      verdict.kind === 'retried' ? verdict.inMs : verdict.kind === 'snoozed' ? verdict.forMs : undefined;
    write({ outcome: verdict.kind, reason: failure.message, retryInMs });
    return { kind: 'failed', verdict, failure };
  }
}

const isExpected = (failure: Error) =>
  failure instanceof RetryableError || failure instanceof TerminalError || failure instanceof NotYet;

/** What a person should know before replaying it. */
const reasonOf = (failure: Error): string =>
  failure instanceof RetryableError && !failure.certain
    ? `${failure.message} (it may have arrived all the same)`
    : failure.message;

function parseMessage<Message>({ definition }: Pick<OpenQueue<Message>, 'definition'>, { message }: Entry): Message {
  const result = definition.schema.safeParse(message);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new TerminalError(`the message is not one of ${definition.name}: see ${fields || 'its type'}`);
}

/** Carries out the verdict and throws what tells BullMQ how the job ends. */
async function leave<Message>(
  { queue, burial }: TurnParts<Message>,
  end: { run: Run; job: TurnJob; token: string | undefined; entry: Entry; verdict: Verdict; failure: Error },
): Promise<never> {
  const { run, job, entry, verdict, failure } = end;
  switch (verdict.kind) {
    case 'snoozed':
      // A portal's pause holds every lane of the account. What came too early, like words for which the rate budget has no place,
      // is no reason to keep a slot from others, who may have one.
      if (failure instanceof NotYet) await queue.addTurns(await queue.lanes.cool(run));
      await job.moveToDelayed(Date.now() + verdict.forMs, end.token);
      throw new DelayedError();
    case 'retried':
      await queue.addTurns(await queue.lanes.cool(run));
      throw new Retried(verdict.inMs, failure);
    case 'dead':
      await burial.bury(run, {
        reason: reasonOf(failure),
        attempts: job.attemptsMade + 1,
        at: { run, eventId: entry.eventId },
      });
      throw new UnrecoverableError(failure.message);
  }
}
