import { retryAfterMs } from '@parley/shared/http/retry-after';
import type { BaselineConfig } from './config.ts';
import type { Words } from './words.ts';

/** Brings words across, once. Throws {@link Refused}, or what `fetch` throws. */
export type Deliver = (words: Words) => Promise<void>;

/** Answered, and not with 2xx. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly retryAfterMs: number | undefined;

  constructor({ status, headers }: Response) {
    super(`answered ${status}`);
    this.status = status;
    this.retryAfterMs = retryAfterMs(headers.get('retry-after'), 60_000);
  }
}

const TIMEOUT_MS = 10_000;

/** To HubSpot, under the idempotency id that its API has a field for. */
export const createPublish =
  (config: BaselineConfig): Deliver =>
  async ({ id, account, conversation, text }) => {
    const token = config.ACCOUNTS.find(({ channelAccountId }) => channelAccountId === account)?.accessToken;
    const url = `${config.HUBSPOT_API_URL}/conversations/custom-channels/2026-03/${config.HUBSPOT_CHANNEL_ID}/messages`;
    const sender = { deliveryIdentifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: conversation } };
    await post(url, {
      headers: { authorization: `Bearer ${token}` },
      body: {
        text,
        messageDirection: 'INCOMING',
        channelAccountId: account,
        integrationThreadId: conversation,
        integrationIdempotencyId: id,
        timestamp: new Date().toISOString(),
        attachments: [],
        recipients: [],
        senders: [sender],
      },
    });
  };

/** To the bot, under HubSpot's id of the message, by which the bot knows one that it had before. */
export const createDispatch =
  (config: BaselineConfig): Deliver =>
  ({ id, conversation, text }) =>
    post(config.BOT_CALLBACK_URL, {
      headers: { 'webhook-id': id },
      body: { id, type: 'agent.message', conversationId: conversation, data: { messageId: id, text } },
    });

async function post(url: string, { headers, body }: { headers: Record<string, string>; body: unknown }) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.arrayBuffer();
  // To the bot's 409 the same holds as to HubSpot's: it had this id before.
  if (!response.ok && response.status !== 409) throw new Refused(response);
}
