import { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import { ChannelAccountId, ConversationId } from '@parley/shared/contracts/ids';
import type { Lane } from '@parley/shared/queues/lane';
import type { Carrier } from './carriers/carrier.ts';

/** What a visitor says, as long as a line of chat is. */
const TEXT = 'Hello, my order 4711 has not come yet, and it should have been here on Monday.';

/** Over how many conversations of how many accounts messages are spread, evenly. */
export interface Spread {
  readonly conversations: number;
  readonly accounts: number;
}

/** The `n`th message: they go round the conversations, and these round the accounts. */
export function messageTo({ conversations, accounts }: Spread, n: number): { lane: Lane; message: EventFromBot } {
  const at = n % conversations;
  const conversation = ConversationId.parse(`chat-${at}`);
  const account = ChannelAccountId.parse(String(898_000_000 + (at % accounts)));
  return { lane: { account, conversation }, message: visitorMessage(conversation, `evt-${n}`) };
}

/** What a bot posts when the visitor said something. */
export const visitorMessage = (conversationId: string, id: string): EventFromBot =>
  EventFromBot.parse({
    id,
    type: 'visitor.message',
    conversationId,
    occurredAt: '2026-01-05T10:00:00.000Z',
    data: { text: TEXT },
  });

/** As many requests as a busy ingress has in hand. */
export const AT_ONCE = 64;

/** Has messages `from` to `to` accepted one by one, as they come in, many at once. */
export async function fill(
  carrier: Carrier,
  spread: Spread,
  { from = 0, to }: { from?: number; to: number },
): Promise<void> {
  let next = from;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < to) {
        const { lane, message } = messageTo(spread, next++);
        await carrier.accept(lane, [message]);
      }
    }),
  );
}
