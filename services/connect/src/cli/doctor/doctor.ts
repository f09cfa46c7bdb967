import type { ClaimedAccount } from '@parley/shared/accounts/account';
import { ConfigError, type ConfigOf, loadConfig } from '@parley/shared/config/load-config';
import type { PortalId } from '@parley/shared/contracts/ids';
import { type Bridge, withBridge } from '../bridge.ts';
import { doctorShape } from '../settings.ts';
import { accountChecks } from './account-checks.ts';
import { apiVersionCheck } from './api-version-check.ts';
import { botChecks } from './bot-checks.ts';
import { type Check, type Checked, failed, inOrder, ok, skipped } from './check.ts';
import { clockCheck } from './clock-check.ts';
import { examineApp } from './examine-app.ts';
import { ingressChecks } from './ingress-checks.ts';
import { portalChecks } from './portal-checks.ts';
import { redisChecks } from './redis-checks.ts';

type DoctorConfig = ConfigOf<typeof doctorShape>;

/** Looks at everything that a handoff needs, from the settings to the bots, without changing anything. Takes seconds. */
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

const examineBridge = (config: DoctorConfig, env: NodeJS.ProcessEnv): Promise<Checked[]> =>
  withBridge(config, async (bridge) => {
    const groups = [
      inOrder(redisChecks(bridge.redis)),
      inOrder([apiVersionCheck(config.HUBSPOT_API_VERSION)]),
      examineApp(env),
      inOrder(
        ingressChecks({
          publicUrl: config.PUBLIC_URL,
          webhookToken: config.HUBSPOT_WEBHOOK_TOKEN,
          clientSecret: config.HUBSPOT_CLIENT_SECRET,
        }),
      ),
      examineAccounts(bridge, config),
    ];
    return (await Promise.all(groups)).flat();
  });

const SOMEBODY = 'a bot has a channel account';

/** Each portal, and in it each account that a bot has. */
async function examineAccounts(bridge: Bridge, config: DoctorConfig): Promise<Checked[]> {
  if (!bridge.reached) return [{ name: SOMEBODY, ...skipped('Redis, which knows, does not answer') }];
  const [claimed, installed] = await Promise.all([bridge.accounts.claimed(), bridge.portals()]);
  const portals = [...new Set([...installed, ...claimed.map(({ portal }) => portal)])];
  const examined = portals.map(async (portal) => {
    const inPortal = claimed.filter((account) => account.portal === portal);
    return examinePortal(bridge, { portal, accounts: inPortal, channelId: config.HUBSPOT_CHANNEL_ID });
  });
  return [{ name: SOMEBODY, ...somebody(claimed) }, ...(await Promise.all(examined)).flat()];
}

const somebody = ({ length }: readonly ClaimedAccount[]) =>
  length > 0
    ? ok(`${length}`)
    : failed(
        'none has one: nobody can hand a conversation over',
        'Give one to a bot: `npm run parley -- accounts add`.',
      );

async function examinePortal(
  { channelAccountsOf, seal }: Bridge,
  about: { portal: PortalId; accounts: readonly ClaimedAccount[]; channelId: DoctorConfig['HUBSPOT_CHANNEL_ID'] },
): Promise<Checked[]> {
  const { portal, channelId } = about;
  const hubspot = channelAccountsOf(portal);
  const found = await inOrder(
    [...portalChecks({ hubspot, channelId }), clockCheck(hubspot)].map(named(`portal ${portal}`)),
  );
  const goesOn = found.every(({ status }) => status !== 'failed');
  const examined = about.accounts.map(async (claimed) => {
    const name = named(`account ${claimed.account}`);
    return [
      ...(goesOn ? await inOrder(accountChecks({ hubspot, account: claimed.account }).map(name)) : []),
      ...(await inOrder(botChecks({ claimed, seal }).map(name))),
    ];
  });
  return [...found, ...(await Promise.all(examined)).flat()];
}

const named =
  (whose: string) =>
  ({ name, run }: Check): Check => ({ name: `${whose}: ${name}`, run });
