import type { BotSecrets } from '@parley/shared/accounts/account';
import { loadConfig, secret } from '@parley/shared/config/load-config';
import { httpUrl } from '@parley/shared/config/settings';
import { z } from 'zod';
import { Problem } from '../problems.ts';

/** As it stands behind `Bearer` (RFC 6750). */
const TOKEN = /^[A-Za-z0-9._~+/-]{32,}=*$/;

/** As Standard Webhooks writes a symmetric key: 24 to 64 random bytes. */
const SIGNING_SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

export const shape = {
  BOT_TOKEN: secret(
    'The token that the bot sends as `Authorization: Bearer`. Given with `BOT_SIGNING_SECRET`, or both are made.',
    z.string().regex(TOKEN, 'must be 32 or more characters without spaces, for example from `openssl rand -hex 32`'),
  ),
  BOT_SIGNING_SECRET: secret(
    'Signs every event to the bot (Standard Webhooks). Given with `BOT_TOKEN`, or both are made.',
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

/** What the person has to carry over to the bot. */
export const toldOnce = ({ token, signingSecret }: BotSecrets): string[] => [
  "In the bot's settings; they are not shown again:",
  `BOT_TOKEN=${token}`,
  `BOT_SIGNING_SECRET=${signingSecret}`,
];

/** The address of the bot's callback, which is shown where accounts are, and so holds no password. */
export function callbackUrlOf(text: string): string {
  const url = httpUrl().safeParse(text);
  if (!url.success)
    throw new Problem(`"${text}" is no http(s) address`, "Give the address of the bot's callback as --callback-url.");
  const { username, password } = new URL(url.data);
  if (username || password)
    throw new Problem(
      'The address holds a user or a password',
      'Leave them out: every event is signed, which is what the bot goes by.',
    );
  return url.data;
}
