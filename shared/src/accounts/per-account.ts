import { ChannelAccountId } from '../contracts/ids.ts';
import { TerminalError } from '../failures.ts';
import type { ClaimedAccount } from './account.ts';
import type { Accounts } from './accounts.ts';

/**
 * Makes what serves an account when it is first asked for by the account's id, and anew when the accounts have changed. Throws a
 * `TerminalError` for an account that no bot has.
 */
export function perAccount<Parts>(
  { find }: Pick<Accounts, 'find'>,
  make: (account: ClaimedAccount) => Parts,
): (id: string) => Promise<Parts> {
  const made = new WeakMap<ClaimedAccount, Parts>();
  return async (id) => {
    const account = await find(ChannelAccountId.parse(id));
    if (!account)
      throw new TerminalError(
        `channel account ${id} belongs to no bot: give it to one with \`parley accounts add\`, then replay this`,
      );
    const parts = made.get(account) ?? make(account);
    made.set(account, parts);
    return parts;
  };
}
