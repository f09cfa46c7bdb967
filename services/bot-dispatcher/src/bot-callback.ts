import type { EventToBot } from '@parley/shared/contracts/event-to-bot';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import { networkCodeOf, neverSent } from '@parley/shared/http/network-error';
import { retryAfterMs } from '@parley/shared/http/retry-after';
import { delivered, duplicate, type Outcome } from '@parley/shared/queues/outcome';
import { Webhook } from 'standardwebhooks';

/**
 * Posts one event to the bot, signed by Standard Webhooks with the event's id as `webhook-id`
 * (https://www.standardwebhooks.com).
 *
 * | the bot answers      | it means                                                        |
 * | -------------------- | --------------------------------------------------------------- |
 * | 2xx                  | delivered                                                       |
 * | 409                  | it had this `webhook-id` already: a duplicate                   |
 * | 410                  | it wants no more of this: terminal                              |
 * | 429, 503             | later, and no earlier than its Retry-After                      |
 * | anything else, silence | another attempt; redirects are not followed, since they would carry the signature elsewhere |
 */
export type CallBot = (event: EventToBot) => Promise<Outcome>;

/** Below the 15 s for which a worker holds its job. */
export const TIMEOUT_MS = 10_000;

/** As long as a visitor may be kept waiting at all, whatever the bot asks for. */
const LONGEST_PAUSE_MS = 15 * 60_000;

export function createBotCallback({
  url,
  signingSecret,
  timeoutMs = TIMEOUT_MS,
}: {
  url: string;
  signingSecret: string;
  timeoutMs?: number;
}): CallBot {
  const webhook = new Webhook(signingSecret);
  return async (event) => {
    const body = JSON.stringify(event);
    const signedAt = new Date();
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal,
      headers: {
        'content-type': 'application/json',
        'webhook-id': event.id,
        'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
        'webhook-signature': webhook.sign(event.id, signedAt, body),
      },
      body,
    }).catch((error: unknown) => {
      if (signal.aborted) throw tooSlow(event, { timeoutMs, cause: error });
      throw unreachable(event, error);
    });
    await response.body?.cancel();
    return outcomeOf(event, response);
  };
}

function outcomeOf(event: EventToBot, response: Response): Outcome {
  const { status } = response;
  if (response.ok) return delivered;
  if (status === 409) return duplicate;
  const said = `the bot answered ${status} to ${event.type} ${event.id}`;
  if (status === 410) throw new TerminalError(`${said}: it takes no more of these`);
  throw new RetryableError(said, {
    certain: true,
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), LONGEST_PAUSE_MS),
  });
}

const tooSlow = ({ type, id }: EventToBot, { timeoutMs, cause }: { timeoutMs: number; cause: unknown }) =>
  new RetryableError(`the bot did not answer ${type} ${id} within ${timeoutMs / 1000} s`, { cause });

function unreachable({ type, id }: EventToBot, cause: unknown): RetryableError {
  const code = networkCodeOf(cause);
  return new RetryableError(`the bot could not be reached for ${type} ${id}: ${code ?? 'unknown failure'}`, {
    certain: neverSent(code),
    cause,
  });
}
