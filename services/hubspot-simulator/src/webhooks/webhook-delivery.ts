import { setTimeout as after } from 'node:timers/promises';
import type { Settings } from '../portal/settings.ts';
import { signatureHeaders } from './signature.ts';
import type { WebhookTarget, WebhookTrouble } from './webhook-trouble.ts';

/** One webhook on its way, and what became of it. */
export interface Delivery {
  readonly target: WebhookTarget;
  /** One event for the channel, a list of at most 100 for the app. */
  readonly events: readonly Record<string, unknown>[];
  readonly trouble: WebhookTrouble['kind'] | undefined;
  /** The status answered, or why there was none. */
  readonly attempts: (number | string)[];
  /** When the first attempt began and when the last one was answered, in milliseconds of `performance.now()`. */
  begunAt?: number;
  answeredAt?: number;
  /** `held` until released or overtaken; `waiting` is for its turn, its time or its next attempt. */
  state: 'waiting' | 'held' | 'delivered' | 'dropped' | 'no address' | 'given up';
}

export interface Sender {
  readonly settings: Settings;
  readonly clientSecret: string;
  readonly addressOf: (delivery: Delivery) => string | undefined;
  readonly emit: () => void;
  /** Ends waiting and sending when the simulator stops. */
  readonly stopping: AbortSignal;
}

/** Makes one attempt. True when there will be no other: it was taken, or has nowhere to go, or was the last. */
export async function attempt(sender: Sender, delivery: Delivery): Promise<boolean> {
  const url = sender.addressOf(delivery);
  if (url === undefined) return settle(sender, delivery, 'no address');
  delivery.begunAt ??= performance.now();
  const answer = await post(sender, delivery, url);
  delivery.answeredAt = performance.now();
  delivery.attempts.push(answer);
  if (typeof answer === 'number' && answer < 300) return settle(sender, delivery, 'delivered');
  const allowed = delivery.target === 'channel' ? sender.settings.channelAttempts : sender.settings.eventAttempts;
  if (delivery.attempts.length >= allowed) return settle(sender, delivery, 'given up');
  sender.emit();
  return false;
}

/** The attempts after a failed first one. */
export async function retry(sender: Sender, delivery: Delivery): Promise<void> {
  do await pause(sender, sender.settings.retryDelayMs);
  while (!sender.stopping.aborted && !(await attempt(sender, delivery)));
}

/** Waits, but not longer than the simulator lives. */
export const pause = (sender: Sender, ms: number): Promise<void> =>
  after(ms, undefined, { signal: sender.stopping }).catch((error: unknown) => {
    if (!sender.stopping.aborted) throw error;
  });

function settle(sender: Sender, delivery: Delivery, state: Delivery['state']): true {
  delivery.state = state;
  sender.emit();
  return true;
}

const STALE_MS = 6 * 60_000;

async function post(sender: Sender, delivery: Delivery, url: string): Promise<number | string> {
  const { settings, clientSecret, stopping } = sender;
  const body = bodyOf(delivery);
  const signatures = signatureHeaders(
    delivery.target === 'channel' ? settings.channelSignatures : settings.eventSignatures,
    {
      clientSecret: delivery.trouble === 'wrong-signature' ? `not-${clientSecret}` : clientSecret,
      method: 'POST',
      url,
      body,
      timestamp: Date.now() - (delivery.trouble === 'stale-timestamp' ? STALE_MS : 0),
    },
  );
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signatures },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([stopping, AbortSignal.timeout(settings.webhookTimeoutMs)]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    // Whatever kept the answer away is a failed attempt to HubSpot, which then tries again.
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

function bodyOf({ target, events, attempts }: Delivery): string {
  if (target === 'channel') return JSON.stringify(events[0]);
  return JSON.stringify(events.map((event) => ({ ...event, attemptNumber: attempts.length })));
}
