import { EventToBot } from '@parley/shared/contracts/event-to-bot';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import { type Reply, startAnsweringServer } from '@parley/shared/testing/answering-server';
import { createBotCallback } from '../bot-callback.ts';

export const signingSecret = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`;

export const event = EventToBot.parse({
  id: 'msg-1',
  type: 'agent.message',
  conversationId: 'chat-42',
  occurredAt: '2026-01-05T10:00:00Z',
  data: {
    handoffId: '7d9a2c1e-5b54-5c3e-9d0a-0a4b8f6f2a11',
    messageId: 'msg-1',
    agent: { id: 'A-1' },
    text: 'It is on its way 🚚 — “today”',
  },
});

/** The bot as a real server that plays `replies`. */
export async function answeringBot(...replies: readonly [Reply, ...Reply[]]) {
  const bot = await startAnsweringServer(...replies);
  const call = (timeoutMs = 20_000) => createBotCallback({ url: `${bot.url}/hook`, signingSecret, timeoutMs })(event);
  const failure = async (timeoutMs?: number): Promise<RetryableError | TerminalError> => {
    const thrown: unknown = await call(timeoutMs).then(
      (outcome) => new Error(`it ended as ${outcome.kind}`),
      (error: unknown) => error,
    );
    if (thrown instanceof RetryableError || thrown instanceof TerminalError) return thrown;
    throw thrown;
  };
  return { bot, call, failure, [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose]() };
}
