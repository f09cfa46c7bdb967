import { serve } from '@parley/shared/http/serve';
import express from 'express';

/** The least that an endpoint for JSON can do with express: it reads, answers 202 and keeps nothing. Nobody is asked for a token. */
export const startExpressNothing = () =>
  serve(
    express()
      .use(express.json({ limit: '1mb' }))
      .post('/v1/events', (_request, response) => void response.status(202).json({ accepted: 1 })),
    { port: 0, host: '127.0.0.1' },
  );
