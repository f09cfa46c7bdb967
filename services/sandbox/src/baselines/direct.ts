import { setTimeout as pause } from 'node:timers/promises';
import type { BaselineConfig } from './config.ts';
import { createDispatch, createPublish, type Deliver, Refused } from './other-sides.ts';
import { serveWords } from './serve-words.ts';
import type { Words } from './words.ts';

/** As HubSpot's own client library has it where its retries are switched on, and patient enough for HubSpot's window. */
const TRIES = 6;
const PAUSE_MS = 2_000;

/**
 * What most begin with: the process that hears the words calls the other side itself. A 429 is tried again, after `Retry-After`
 * where there is one; any other failure is logged and over, since nobody knows whether it may be repeated.
 *
 * Its best settings: one call after the other in each conversation, so that retries overtake nothing, and a webhook is answered
 * only when the bot has it, so that HubSpot repeats what failed. The visitor's words have been said when they reach it: there is
 * nobody to repeat them.
 */
export async function startDirect(config: BaselineConfig): Promise<AsyncDisposable> {
  const publish = patientOf429(createPublish(config));
  const { inTurn, pending } = oneAtATime();
  return serveWords(config, {
    pending,
    fromBot: async (words) => {
      inTurn(words.conversation, () => publish(words)).catch(() => undefined); // the log line of such code
    },
    fromHubSpot: overWhenRefused(patientOf429(createDispatch(config))),
  });
}

/** What the bot will never take is not worth a repetition of HubSpot's. */
const overWhenRefused =
  (deliver: Deliver): Deliver =>
  async (words: Words) => {
    await deliver(words).catch((error: unknown) => {
      if (!(error instanceof Refused) || error.status !== 410) throw error;
    });
  };

const patientOf429 =
  (deliver: Deliver): Deliver =>
  async (words: Words) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await deliver(words);
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 429 || tries === TRIES) throw error;
        await pause(error.retryAfterMs ?? PAUSE_MS);
      }
    }
  };

function oneAtATime() {
  const tails = new Map<string, Promise<void>>();
  return {
    pending: () => tails.size,
    inTurn: (conversation: string, act: () => Promise<void>): Promise<void> => {
      const mine = (tails.get(conversation) ?? Promise.resolve()).then(act, act);
      tails.set(conversation, mine);
      const leave = () => tails.get(conversation) === mine && tails.delete(conversation);
      mine.then(leave, leave);
      return mine;
    },
  };
}
