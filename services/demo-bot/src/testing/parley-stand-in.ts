import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import { Webhook } from 'standardwebhooks';
import { until } from './until.ts';

/** A Parley that only listens and signs, so that the bot is tested alone. */
export interface ParleyStandIn extends AsyncDisposable {
  readonly url: string;
  /** Everything the bot sent, each attempt once, refused ones too. */
  readonly requests: readonly { readonly status: number; readonly event: EventFromBot }[];
  /** Resolves with the first accepted event of this type. */
  accepted<Type extends EventFromBot['type']>(type: Type): Promise<Extract<EventFromBot, { type: Type }>>;
  /** The next attempt is answered so. Calls add up. */
  answerNext(status: number, options?: { retryAfter?: number; detail?: string }): void;
}

interface PlannedAnswer {
  readonly status: number;
  readonly retryAfter?: number;
  readonly detail?: string;
}

export async function startParleyStandIn(): Promise<ParleyStandIn> {
  const requests: { status: number; event: EventFromBot }[] = [];
  const planned: PlannedAnswer[] = [];
  const listeners = new Set<() => void>();

  const answer = (body: string, response: ServerResponse) => {
    const event = EventFromBot.parse(JSON.parse(body));
    const { status, retryAfter, detail } = planned.shift() ?? { status: 202 };
    requests.push({ status, event });
    if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
    response.writeHead(status).end(JSON.stringify(status === 202 ? { accepted: 1, duplicate: 0 } : { status, detail }));
    for (const listener of listeners) listener();
  };
  const server = createServer((request, response) => {
    text(request)
      .then((body) => answer(body, response))
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the stand-in listens on no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    accepted: (type) =>
      until({
        what: `an accepted ${type}`,
        look: () =>
          requests
            .filter(({ status }) => status === 202)
            .map(({ event }) => event)
            .find(isOf(type)),
        watch(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      }),
    answerNext: (status, options = {}) => void planned.push({ status, ...options }),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const isOf =
  <Type extends EventFromBot['type']>(type: Type) =>
  (event: EventFromBot): event is Extract<EventFromBot, { type: Type }> =>
    event.type === type;

/** Calls the callback as Parley does. `signedWith` and `at` are for forging. */
export async function callBack(
  url: string,
  call: { secret: string; webhookId: string; event: object; at?: Date; body?: string },
): Promise<number> {
  const signed = JSON.stringify(call.event);
  const at = call.at ?? new Date();
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': call.webhookId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(call.secret).sign(call.webhookId, at, signed),
    },
    body: call.body ?? signed,
  });
  await response.text();
  return response.status;
}
