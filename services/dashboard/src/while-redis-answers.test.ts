import { expect, test } from '@jest/globals';
import { serve } from '@parley/shared/http/serve';
import { createLogger } from '@parley/shared/logging/logger';
import { createApp } from './app.ts';
import { createBrowser } from './testing/browser.ts';

test('while Redis is away the pages say so at once, and come back with it', async () => {
  const redis = { status: 'reconnecting' };
  const operator = { name: 'operator', password: 'correct horse battery staple' };
  const app = createApp({
    queues: [],
    pausedPortals: async () => [],
    standing: async () => ({ claimed: [], unclaimed: [], lapsed: [] }),
    redis,
    operator,
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
  await using served = await serve(app, { port: 0 });
  const browser = createBrowser(served.url);
  await browser.post('/sign-in', operator);

  const away = await browser.get('/');
  expect(away.status).toBe(503);
  expect(away.headers.get('retry-after')).toBe('5');
  expect(away.text).toContain('Redis does not answer');
  expect((await browser.get('/healthz')).status).toBe(200);

  redis.status = 'ready';
  expect((await browser.get('/')).status).toBe(200);
});
