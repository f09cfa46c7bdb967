import type { Account, AccountKey } from '@parley/shared/accounts/account';
import type { ChannelAccount } from '@parley/shared/hubspot/channels-accounts';

/** A channel account as HubSpot has it, in a line. */
export const describedByHubSpot = ({ name, active, authorized, archived, identifier }: ChannelAccount): string =>
  [
    `"${name}"`,
    ...(identifier === undefined ? [] : [`identifier "${identifier}"`]),
    active ? 'active' : 'inactive',
    ...(authorized ? [] : ['not authorized']),
    ...(archived ? ['archived'] : []),
  ].join(', ');

/** Whose it is, with the command that gives it to a bot where it is nobody's. */
export function describedByUs({ portal, account }: AccountKey, ours: Account | undefined): string {
  if (!ours?.bot)
    return `no bot has it: npm run parley -- accounts add --portal ${portal} --account ${account} --callback-url …`;
  return `bot at ${ours.bot.callbackUrl}${ours.bot.disabledAt === undefined ? '' : ', disabled'}`;
}
