import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './attempt.ts';
import type { Event } from './event.ts';

/** Events on their way to Parley: one at a time per conversation, in order, each sent again under its id until Parley has it. */
export interface Outbox extends AsyncDisposable {
  /** Takes the event and returns at once. */
  post(event: Event): void;
}

export type Outcome = Exclude<Answer, { kind: 'again' }>;

interface OutboxDeps {
  readonly attempt: (event: Event, signal: AbortSignal) => Promise<Answer>;
  /** Called after each attempt that has to be made again. */
  readonly waits: (event: Event, why: string) => void;
  /** Called once for each event that got an answer for good. */
  readonly settled: (event: Event, outcome: Outcome) => void;
}

/** Milliseconds before the second attempt, the third, and so on; the last one repeats. A visitor is waiting, so it starts short. */
const BACKOFF_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000] as const;

/**
 * An outbox in memory: what is still in it when the process dies is lost, which is fine for a demo.
 * In production write the event to your database together with the visitor's words, and send from there.
 */
export function createOutbox({ attempt, waits, settled }: OutboxDeps): Outbox {
  const closing = new AbortController();
  /** The last event of each conversation; the next one waits for it. */
  const tails = new Map<string, Promise<void>>();

  const deliver = async (event: Event) => {
    for (let attempts = 0; !closing.signal.aborted; attempts += 1) {
      const answer = await attempt(event, closing.signal);
      if (answer.kind !== 'again') return settled(event, answer);
      if (!closing.signal.aborted) waits(event, answer.why);
      const backoffMs = BACKOFF_MS[attempts] ?? 30_000;
      await wait(answer.afterMs ?? backoffMs, undefined, { signal: closing.signal }).catch(stopWaiting);
    }
  };

  return {
    post(event) {
      const before = tails.get(event.conversationId) ?? Promise.resolve();
      tails.set(
        event.conversationId,
        before.then(() => deliver(event)),
      );
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await Promise.allSettled(tails.values());
    },
  };
}

/** Closing ends a wait early; the loop then sees that the outbox is closed. */
const stopWaiting = () => undefined;
