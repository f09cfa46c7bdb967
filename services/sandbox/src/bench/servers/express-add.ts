import { serve } from '@parley/shared/http/serve';
import { Queue } from 'bullmq';
import express from 'express';
import { connectPipelining, PLAIN_JOBS, PLAIN_QUEUE } from '../carriers/plain-bullmq.ts';
import type { Running } from '../processes/programs.ts';

/**
 * What is usually written in Parley's place: express, `queue.add` for one event or `queue.addBulk` for a list, 202. It asks for no
 * token and looks at no field.
 */
export async function startExpressAdd({ REDIS_URL = '' }: NodeJS.ProcessEnv): Promise<Running> {
  await using stack = new AsyncDisposableStack();
  const connection = stack.adopt(connectPipelining(REDIS_URL), (redis) => redis.disconnect());
  await connection.connect();
  const queue = stack.adopt(new Queue(PLAIN_QUEUE, { connection, defaultJobOptions: PLAIN_JOBS }), (opened) =>
    opened.close(),
  );
  const app = express().use(express.json({ limit: '1mb' }));
  app.post('/v1/events', async ({ body }, response) => {
    if (Array.isArray(body)) await queue.addBulk(body.map((data: unknown) => ({ name: 'message', data })));
    else await queue.add('message', body);
    response.status(202).json({ accepted: 1 });
  });
  const { url } = stack.use(await serve(app, { port: 0, host: '127.0.0.1' }));
  const opened = stack.move();
  return { url, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
