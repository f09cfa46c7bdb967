import { secret } from '@parley/shared/config/load-config';
import { withSettings } from '@parley/shared/process/with-settings';
import { z } from 'zod';
import { startDemoBot } from './service.ts';

const shape = {
  DEMO_BOT_PORT: z.coerce.number().int().min(0).max(65_535).default(3003).describe('port of the chat page'),
  PARLEY_URL: z.url().describe('address of Parley’s ingress, like http://localhost:3000'),
  DEMO_BOT_URL: z
    .url()
    .optional()
    .describe('where Parley fetches visitors’ files, when it is not http://localhost:<port>'),
  BOT_TOKEN: secret('the token that Parley’s ingress expects from the bot'),
  BOT_SIGNING_SECRET: secret(
    'signs Parley’s calls to the bot, `whsec_` and base64',
    z.string().regex(/^whsec_[A-Za-z0-9+/]{32,}=*$/, 'must be whsec_ and at least 24 bytes in base64'),
  ),
};

await withSettings(shape, process.env, async (config) => {
  const bot = await startDemoBot({
    port: config.DEMO_BOT_PORT,
    parleyUrl: config.PARLEY_URL,
    publicUrl: config.DEMO_BOT_URL,
    botToken: config.BOT_TOKEN,
    signingSecret: config.BOT_SIGNING_SECRET,
    log: console.warn,
  });
  console.log(`chat page ${bot.chatUrl}, callback ${bot.callbackUrl}`);

  const stop = () => void bot[Symbol.asyncDispose]();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
});
