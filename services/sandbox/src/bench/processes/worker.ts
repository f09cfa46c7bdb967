import { setTimeout as pause } from 'node:timers/promises';
import { connectPatient } from '@parley/shared/redis/connect';
import type { OpenCarrier } from '../carriers/carrier.ts';
import type { Running } from './programs.ts';

/**
 * A worker that posts each message's id to `UPSTREAM_URL`, or takes `HANDLER_MS` for it. `ASKS_FIRST`: it asks Redis something before,
 * as whoever makes sure that the message is still its own.
 */
export async function startWorker(open: OpenCarrier, env: NodeJS.ProcessEnv): Promise<Running> {
  const { REDIS_URL = '', UPSTREAM_URL, HANDLER_MS = '0', ASKS_FIRST } = env;
  await using stack = new AsyncDisposableStack();
  const carrier = stack.use(await open(REDIS_URL));
  const redis = stack.adopt(connectPatient(REDIS_URL), (connection) => connection.disconnect());
  await redis.connect();
  stack.use(
    await carrier.work(async ({ id }) => {
      if (ASKS_FIRST) await redis.ping();
      if (UPSTREAM_URL) await deliver(UPSTREAM_URL, id);
      else if (Number(HANDLER_MS) > 0) await pause(Number(HANDLER_MS));
    }),
  );
  const opened = stack.move();
  return { url: '', [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

/** The other side's part, as cheap as a call can be made. */
export async function deliver(upstream: string, id: string): Promise<void> {
  const response = await fetch(upstream, { method: 'POST', body: id });
  await response.arrayBuffer();
}
