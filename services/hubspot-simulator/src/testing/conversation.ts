import type { Received } from './setup.ts';
import { setup, startReceiver } from './setup.ts';

/** A thread with one visitor message in a simulator whose webhooks reach `bridge`; those so far are delivered. */
export async function conversation(answer?: (received: Received, count: number) => number | null) {
  const parts = new AsyncDisposableStack();
  const bridge = parts.use(await startReceiver(answer));
  const it = parts.use(await setup({ settings: { retryDelayMs: 5 } }));
  const { hubspot } = it;
  const threadId: string = (await it.publish()).body.conversationsThreadId;
  await hubspot.webhooks.settled();
  hubspot.connect(bridge.addresses);
  const texts = () => bridge.at('/channel').map(({ body }) => body.message.text);
  return {
    ...it,
    bridge,
    threadId,
    settled: hubspot.webhooks.settled,
    texts,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}
