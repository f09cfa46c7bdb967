import type { BotSecrets } from '@parley/shared/accounts/account';
import { loadConfig, secret } from '@parley/shared/config/load-config';
import { z } from 'zod';

/** As Standard Webhooks writes a symmetric key: 24 to 64 random bytes. */
const SIGNING_SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

const shape = {
  BOT_TOKEN: secret('The token that the bot sends as `Authorization: Bearer`.'),
  BOT_SIGNING_SECRET: secret(
    'Signs every event to the bot (Standard Webhooks).',
    z
      .string()
      .regex(
        SIGNING_SECRET,
        'must be whsec_ and the base64 of 24 to 64 random bytes: `echo whsec_$(openssl rand -base64 32)`',
      ),
  ),
};

/** Secrets that the environment brings, for installations that are made by machines. Undefined: they are to be made. */
export function givenSecrets(env: NodeJS.ProcessEnv): BotSecrets | undefined {
  if (!env.BOT_TOKEN && !env.BOT_SIGNING_SECRET) return undefined;
  const { BOT_TOKEN: token, BOT_SIGNING_SECRET: signingSecret } = loadConfig(shape, env);
  return { token, signingSecret };
}
