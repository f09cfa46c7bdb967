import { connectPatient } from '@parley/shared/redis/connect';
import { Queue, Worker } from 'bullmq';
import { mutexPerConversation } from '../../baselines/mutex.ts';
import type { Words } from '../../baselines/words.ts';
import { visitorMessage } from '../messages.ts';
import type { Carrier } from './carrier.ts';
import { CONCURRENCY, connectPipelining, PLAIN_JOBS } from './plain-bullmq.ts';

const NAME = 'words';

/** Plain BullMQ with a lock in Redis for each conversation, which `baselines/mutex.ts` describes; as wide as the plain one. */
export async function openBullmqMutex(redisUrl: string): Promise<Carrier> {
  await using stack = new AsyncDisposableStack();
  const connect = async (connection: ReturnType<typeof connectPatient>) => {
    stack.defer(() => connection.disconnect());
    await connection.connect();
    return connection;
  };
  const connection = await connect(connectPipelining(redisUrl));
  const queue = stack.adopt(new Queue<Words>(NAME, { connection, defaultJobOptions: PLAIN_JOBS }), (q) => q.close());
  const own = await connect(connectPatient(redisUrl));
  const opened = stack.move();
  return {
    accept: ({ account, conversation }, messages) =>
      queue.addBulk(messages.map(({ id }) => ({ name: NAME, data: { id, account, conversation, text: '' } }))),
    async work(handle) {
      const guard = mutexPerConversation('bench');
      const deliver = guard(({ data }) => handle(visitorMessage(data.conversation, data.id)), own);
      const worker = new Worker<Words>(NAME, deliver, { connection: own, concurrency: CONCURRENCY });
      return { [Symbol.asyncDispose]: () => worker.close() };
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
