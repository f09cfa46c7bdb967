import { setup, THREADS } from './setup.ts';

/** A simulator with one thread, and the path of it. */
export async function oneThread() {
  const it = await setup();
  const { body: message } = await it.publish();
  const threadId: string = message.conversationsThreadId;
  return { ...it, message, threadId, path: `${THREADS}/${threadId}`, [Symbol.asyncDispose]: it[Symbol.asyncDispose] };
}
