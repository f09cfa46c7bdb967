import { randomBytes, randomUUID } from 'node:crypto';
import { startDemoBot } from '../service.ts';
import { callBack, startParleyStandIn } from './parley-stand-in.ts';

export const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

/** A fresh bot and a fresh stand-in of Parley. Dispose it with `await using`. */
export async function setup() {
  const stack = new AsyncDisposableStack();
  const signingSecret = newSecret();
  const logged: string[] = [];
  const parley = stack.use(await startParleyStandIn());
  const bot = stack.use(
    await startDemoBot({
      port: 0,
      host: '127.0.0.1',
      parleyUrl: parley.url,
      botToken: randomBytes(32).toString('hex'),
      signingSecret,
      log: (line) => void logged.push(line),
    }),
  );

  /** Delivers an event to the bot, signed, and resolves with the bot's answer. */
  const deliver = (type: string, conversationId: string, data: object, webhookId: string = randomUUID()) =>
    callBack(bot.callbackUrl, {
      secret: signingSecret,
      webhookId,
      event: { id: webhookId, type, conversationId, occurredAt: new Date().toISOString(), data },
    });

  return {
    parley,
    bot,
    signingSecret,
    logged,
    deliver,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** A visitor whom the agents have, and the handoff's id. */
export async function setupHandoff() {
  const parts = await setup();
  const visitor = parts.bot.visitor();
  visitor.requestAgent({ name: 'Ada' });
  const request = await parts.parley.accepted('handoff.requested');
  const handoffId = randomUUID();
  await parts.deliver('handoff.accepted', visitor.conversationId, { handoffId, requestId: request.id });

  const agentSays = (text: string, messageId: string = randomUUID()) =>
    parts.deliver(
      'agent.message',
      visitor.conversationId,
      { handoffId, messageId, agent: { id: 'A-1', name: 'Grace' }, text },
      messageId,
    );
  return { ...parts, visitor, request, handoffId, agentSays };
}
