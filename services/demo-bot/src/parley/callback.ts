import { EventToBot } from '@parley/shared/contracts/event-to-bot';
import type { Request, RequestHandler } from 'express';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

interface CallbackDeps {
  /** `whsec_` and base64, the same as Parley's. */
  readonly signingSecret: string;
  /** Shows the event to the visitor. Returns false when its conversation is not known here. */
  readonly take: (event: EventToBot) => boolean;
}

const Named = z.object({ type: z.string() });
const knownTypes = new Set<string>(EventToBot.options.map((option) => option.shape.type.value));

/**
 * Parley's callback; needs `express.raw` before it, because the signature covers the bytes.
 *
 * 204 taken, 409 taken before, 401 not signed by Parley within the last five minutes, 400 not an event, 410 no such conversation: the
 * agent then reads that the message failed. Parley repeats a callback whose answer it missed, so a webhook-id is remembered once
 * its event is shown, and the visitor sees it once. In production remember it in the database, for as long as a message is kept.
 */
export function createCallback({ signingSecret, take }: CallbackDeps): RequestHandler {
  const webhook = new Webhook(signingSecret);
  const taken = new Set<string>();

  const statusFor = (webhookId: string | undefined, body: unknown): number => {
    if (webhookId === undefined || body === undefined) return 401;
    if (taken.has(webhookId)) return 409;
    const event = EventToBot.safeParse(body);
    if (event.success && !take(event.data)) return 410;
    if (!event.success && !isOfUnknownType(body)) return 400;
    taken.add(webhookId);
    return 204;
  };

  return (request, response) => {
    response.sendStatus(statusFor(request.get('webhook-id'), verified(webhook, request)));
  };
}

/** An event that a newer Parley sends and this bot does not know is not an error. */
function isOfUnknownType(body: unknown): boolean {
  const named = Named.safeParse(body);
  return named.success && !knownTypes.has(named.data.type);
}

/** The signed body, or nothing when the signature is missing, forged or stale. */
function verified(webhook: Webhook, request: Request): unknown {
  if (!Buffer.isBuffer(request.body)) return undefined;
  const headers = {
    'webhook-id': request.get('webhook-id') ?? '',
    'webhook-timestamp': request.get('webhook-timestamp') ?? '',
    'webhook-signature': request.get('webhook-signature') ?? '',
  };
  try {
    return webhook.verify(request.body, headers);
  } catch {
    return undefined;
  }
}
