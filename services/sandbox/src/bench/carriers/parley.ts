import { createLogger } from '@parley/shared/logging/logger';
import { queues } from '@parley/shared/queues/catalogue';
import { startConsumer } from '@parley/shared/queues/consumer';
import { openQueue } from '@parley/shared/queues/open-queue';
import { delivered } from '@parley/shared/queues/outcome';
import { createProducer } from '@parley/shared/queues/producer';
import { connectImpatient, connectPatient } from '@parley/shared/redis/connect';
import { createTelemetry } from '@parley/shared/telemetry/telemetry';
import type { Carrier } from './carrier.ts';

export const NAMESPACE = 'bench';

/** Parley's lanes as ingress fills and a worker empties them, with the log switched off since nobody else here writes one. */
export async function openParley(redisUrl: string): Promise<Carrier> {
  await using stack = new AsyncDisposableStack();
  const connect = async (connection: ReturnType<typeof connectPatient>) => {
    stack.defer(() => connection.disconnect());
    await connection.connect();
    return stack.use(openQueue(queues.visitorMessages, { redis: connection, namespace: NAMESPACE }));
  };
  const accept = createProducer(await connect(connectImpatient(redisUrl)));
  const queue = await connect(connectPatient(redisUrl));
  const telemetry = createTelemetry(createLogger({ service: 'bench', level: 'silent' }));
  const opened = stack.move();
  return {
    accept: (lane, messages) => accept(messages.map((message) => ({ lane, id: message.id, message }))),
    work: async (handle) =>
      startConsumer({
        queue,
        handle: async (message) => {
          await handle(message);
          return delivered;
        },
        mourn: async () => undefined,
        telemetry,
      }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
