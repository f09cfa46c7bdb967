import { type Bot, type ClaimedAccount, createBotSecrets, sealSecrets } from '@parley/shared/accounts/account';
import { loadConfig } from '@parley/shared/config/load-config';
import { ChannelAccountId } from '@parley/shared/contracts/ids';
import { SetUpError } from '@parley/shared/hubspot/channels-calls';
import { type Bridge, withReachedBridge } from '../bridge.ts';
import { Problem, remedyOf } from '../problems.ts';
import { bridgeShape } from '../settings.ts';
import { callbackUrlOf, givenSecrets, toldOnce } from './bot-settings.ts';
import { refuseUnwritten } from './unwritten.ts';

export interface AccountChange {
  readonly account: string;
  readonly callbackUrl?: string | undefined;
  readonly newSecrets?: true;
}

/** Gives the account's bot another address or other secrets. The old ones end within a second. */
export const changeAccount = (env: NodeJS.ProcessEnv, { account: id, ...asked }: AccountChange): Promise<string> =>
  withReachedBridge(loadConfig(bridgeShape, env), async ({ accounts, seal }) => {
    if (asked.callbackUrl === undefined && !asked.newSecrets)
      throw new Problem('Nothing is to be changed', 'Give --callback-url, --new-secrets or both.');
    const claimed = await claimedAccount(accounts, id);
    const { account } = claimed;
    const given = asked.newSecrets && givenSecrets(env);
    const secrets = asked.newSecrets && (given ?? createBotSecrets());
    const bot: Bot = {
      ...claimed.bot,
      ...(asked.callbackUrl === undefined ? {} : { callbackUrl: callbackUrlOf(asked.callbackUrl) }),
      ...(secrets ? sealSecrets(secrets, { account, seal }) : {}),
    };
    refuseUnwritten(await accounts.change(claimed, bot), account);
    return [
      `Channel account ${account} belongs to the bot at ${bot.callbackUrl}.`,
      ...(secrets ? (given ? ['It has the secrets of the environment.'] : toldOnce(secrets)) : []),
    ].join('\n');
  });

/** Refuses the bot's events from then on, and tells HubSpot that the account is not authorized. */
export const disableAccount = (env: NodeJS.ProcessEnv, id: string): Promise<string> =>
  withReachedBridge(loadConfig(bridgeShape, env), async (bridge) => {
    const claimed = await claimedAccount(bridge.accounts, id);
    const disabledAt = claimed.bot.disabledAt ?? Date.now();
    refuseUnwritten(await bridge.accounts.change(claimed, { ...claimed.bot, disabledAt }), id);
    await authorize(bridge, claimed, false);
    return [
      `Channel account ${id} is disabled: its bot is refused, and agents cannot answer.`,
      'Words that had not reached HubSpot yet become dead letters: replay them on the dashboard after `accounts enable`.',
    ].join('\n');
  });

/** Takes back what {@link disableAccount} did. */
export const enableAccount = (env: NodeJS.ProcessEnv, id: string): Promise<string> =>
  withReachedBridge(loadConfig(bridgeShape, env), async (bridge) => {
    const claimed = await claimedAccount(bridge.accounts, id);
    await authorize(bridge, claimed, true);
    const { disabledAt: _over, ...bot } = claimed.bot;
    refuseUnwritten(await bridge.accounts.change(claimed, bot), id);
    return `Channel account ${id} is in use again.`;
  });

/** Takes the account from its bot, for one that was deleted in HubSpot or is another Parley's now. HubSpot is not told. */
export const forgetAccount = (env: NodeJS.ProcessEnv, id: string): Promise<string> =>
  withReachedBridge(loadConfig(bridgeShape, env), async ({ accounts }) => {
    const claimed = await claimedAccount(accounts, id);
    refuseUnwritten(await accounts.forget(claimed), id);
    return `Channel account ${id} belongs to no bot any more. What still stands in its lanes becomes dead letters.`;
  });

async function claimedAccount({ find }: Pick<Bridge['accounts'], 'find'>, id: string): Promise<ClaimedAccount> {
  const account = ChannelAccountId.safeParse(id);
  const claimed = account.success ? await find(account.data) : undefined;
  if (claimed) return claimed;
  throw new Problem(`No bot has a channel account ${id}`, 'Take one that `npm run parley -- accounts list` shows.');
}

/** Both commands may be given again until both sides say the same. */
async function authorize({ channelAccountsOf }: Bridge, { portal, account }: ClaimedAccount, authorized: boolean) {
  try {
    await channelAccountsOf(portal).authorize(account, authorized);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    if (error.problem === 'absent')
      throw new Problem(`HubSpot has no channel account ${account} any more`, 'Let go of it with `accounts forget`.');
    const done = authorized ? 'Nothing was changed' : 'The bot is refused already';
    throw new Problem(
      `${done}, but HubSpot did not take it: ${error.message}`,
      `${remedyOf(error)} Then give the command again.`,
    );
  }
}
