import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { type ClaimedAccount, openSigningSecret } from '@parley/shared/accounts/account';
import { RetryableError } from '@parley/shared/failures';
import type { Seal } from '@parley/shared/secrets/seal';
import { type Check, type Finding, failed, ok } from './check.ts';
import { isSuccess, statusOf, TEST_TYPE } from './post.ts';

/** The bot's end. It is sent events of an unknown type, which every bot has to acknowledge, and no visitor sees anything. */
export const botChecks = ({ claimed, seal }: { claimed: ClaimedAccount; seal: Seal }): Check[] => [
  { name: 'the bot takes what Parley signs', run: () => takesSigned(claimed, seal) },
  { name: 'the bot refuses what is forged', run: () => refusesForged(claimed.bot.callbackUrl) },
];

async function takesSigned(claimed: ClaimedAccount, seal: Seal): Promise<Finding> {
  const { callbackUrl } = claimed.bot;
  const secret = secretOf(claimed, seal);
  if (typeof secret !== 'string') return secret;
  const status = await sendEvent(callbackUrl, secret);
  if (isSuccess(status)) return ok(`a signed event of an unknown type: ${status}`);
  return failed(`a signed event of an unknown type to ${callbackUrl}: ${status}`, remedyOf(status));
}

function secretOf(claimed: ClaimedAccount, seal: Seal): string | Finding {
  try {
    return openSigningSecret(claimed, seal);
  } catch (error) {
    if (!(error instanceof RetryableError)) throw error;
    return failed(error.message, 'Or give the bot new ones: `npm run parley -- accounts change --new-secrets`.');
  }
}

function remedyOf(status: number | string): string {
  if (typeof status === 'string')
    return 'Start the bot, and see that its callback address leads to it from this machine.';
  if (status === 401 || status === 403)
    return 'The bot has another signing secret, or its clock is wrong: `npm run parley -- accounts change --new-secrets` gives it a new one.';
  if (status === 404 || status === 405)
    return 'This is another address than the one that takes POST at the bot: `npm run parley -- accounts change --callback-url`.';
  if (status >= 500) return "See the bot's log.";
  return 'The bot must answer 2xx to types that it does not know, so that a newer Parley can say more.';
}

async function refusesForged(callbackUrl: string): Promise<Finding> {
  const status = await sendEvent(callbackUrl, `whsec_${randomBytes(32).toString('base64')}`);
  if (!isSuccess(status)) return ok(`an event signed with another secret: ${status}`);
  return failed(
    `an event signed with another secret: ${status}, taken`,
    'Anybody could speak as an agent: let the bot verify signatures with a library of Standard Webhooks.',
  );
}

/** Signed by Standard Webhooks. */
function sendEvent(url: string, signingSecret: string): Promise<number | string> {
  const id = `test-${randomUUID()}`;
  const now = new Date();
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const body = JSON.stringify({ id, type: TEST_TYPE, conversationId: id, occurredAt: now.toISOString(), data: {} });
  const key = Buffer.from(signingSecret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
  return statusOf(url, { method: 'POST', headers, body });
}
