import { EventToBot } from '@parley/shared/contracts/event-to-bot';
import type { RequestHandler } from 'express';
import { until } from './until.ts';

/** One call of the callback, also one that was refused. */
export interface ReceivedCall {
  readonly webhookId: string | undefined;
  /** Milliseconds since 1970. */
  readonly receivedAtMs: number;
  /** What this bot answered. */
  readonly status: number;
  /** Absent when the body was no event of the contract. */
  readonly event: EventToBot | undefined;
}

/** Every call of the callback, in the order of the answers. */
export interface ReceivedCalls {
  all(): readonly ReceivedCall[];
  /** Resolves with the first call, past or to come, for which `predicate` holds; rejects after 15 s, or `withinMs`. */
  until(predicate: (call: ReceivedCall) => boolean, withinMs?: number): Promise<ReceivedCall>;
}

export function createReceivedCalls(): { received: ReceivedCalls; middleware: RequestHandler } {
  const calls: ReceivedCall[] = [];
  const listeners = new Set<() => void>();
  const watch = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  return {
    received: {
      all: () => [...calls],
      until: (predicate, withinMs = 15_000) =>
        until({ what: 'the call of the bot’s callback', look: () => calls.find(predicate), watch, withinMs }),
    },
    middleware(request, response, next) {
      const receivedAtMs = Date.now();
      response.on('finish', () => {
        const event = eventIn(request.body);
        calls.push({ webhookId: request.get('webhook-id'), receivedAtMs, status: response.statusCode, event });
        for (const listener of listeners) listener();
      });
      next();
    },
  };
}

function eventIn(body: unknown): EventToBot | undefined {
  try {
    return EventToBot.safeParse(JSON.parse(String(body))).data;
  } catch {
    return undefined;
  }
}
