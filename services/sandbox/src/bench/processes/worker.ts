import type { OpenCarrier } from '../carriers/carrier.ts';
import type { Running } from './programs.ts';

/** A worker that posts each message's id to `UPSTREAM_URL`, or to nobody where there is none. */
export async function startWorker(
  open: OpenCarrier,
  { REDIS_URL = '', UPSTREAM_URL }: NodeJS.ProcessEnv,
): Promise<Running> {
  await using stack = new AsyncDisposableStack();
  const carrier = stack.use(await open(REDIS_URL));
  stack.use(
    await carrier.work(async ({ id }) => {
      if (UPSTREAM_URL) await deliver(UPSTREAM_URL, id);
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
