import { ConfigError, type ConfigOf, loadConfig } from '@parley/shared/config/load-config';
import { doctorShape } from '../settings.ts';
import { withAccounts } from '../with-accounts.ts';
import { botChecks } from './bot-checks.ts';
import { channelCheck } from './channel-check.ts';
import { type Checked, inOrder } from './check.ts';
import { clockCheck } from './clock-check.ts';
import { hubspotChecks } from './hubspot-checks.ts';
import { ingressChecks } from './ingress-checks.ts';
import { redisChecks } from './redis-checks.ts';

/** Looks at everything that a handoff needs, from the settings to the bot, without changing anything. Takes seconds. */
export async function examine(env: NodeJS.ProcessEnv): Promise<Checked[]> {
  const name = 'the settings are complete';
  try {
    const found = await examineBridge(loadConfig(doctorShape, env), env);
    return [{ name, status: 'ok', detail: 'they are' }, ...found];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [{ name, status: 'failed', detail: error.message, remedy: 'Complete .env; .env.example explains each.' }];
  }
}

const examineBridge = (config: ConfigOf<typeof doctorShape>, env: NodeJS.ProcessEnv): Promise<Checked[]> =>
  withAccounts(config, async ({ accounts, redis }) => {
    const groups = [
      redisChecks(redis),
      hubspotChecks({
        accounts,
        channelId: config.HUBSPOT_CHANNEL_ID,
        channelAccountId: config.HUBSPOT_CHANNEL_ACCOUNT_ID,
      }),
      [channelCheck(env)],
      [clockCheck(accounts)],
      ingressChecks({
        publicUrl: config.PUBLIC_URL,
        webhookToken: config.HUBSPOT_WEBHOOK_TOKEN,
        clientSecret: config.HUBSPOT_CLIENT_SECRET,
      }),
      botChecks({ callbackUrl: config.BOT_CALLBACK_URL, signingSecret: config.BOT_SIGNING_SECRET }),
    ];
    return (await Promise.all(groups.map(inOrder))).flat();
  });
