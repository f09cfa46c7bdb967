import { serve } from '@parley/shared/http/serve';
import express from 'express';
import { z } from 'zod';
import { deliver } from '../processes/worker.ts';

const Body = z.object({ id: z.string() });

/** No queue at all: the request is answered when the other side has the message. What fails is the bot's to repeat. */
export function startExpressDirect({ UPSTREAM_URL = '' }: NodeJS.ProcessEnv) {
  const app = express().use(express.json());
  app.post('/v1/events', async ({ body }, response) => {
    await deliver(UPSTREAM_URL, Body.parse(body).id);
    response.status(202).json({ accepted: 1 });
  });
  return serve(app, { port: 0, host: '127.0.0.1' });
}
