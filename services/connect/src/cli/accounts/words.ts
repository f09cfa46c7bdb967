import type { Account } from '@parley/shared/accounts/account';
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

/** Whose it is. */
export function describedByUs(account: Account | undefined): string {
  if (!account?.bot) return 'no bot has it: `accounts add --account <id> --callback-url <url>`';
  return `bot at ${account.bot.callbackUrl}${account.bot.disabledAt === undefined ? '' : ', disabled'}`;
}
