import { loadConfig } from '@parley/shared/config/load-config';
import type { PortalId } from '@parley/shared/contracts/ids';
import { type Bridge, withReachedBridge } from '../bridge.ts';
import { bridgeShape } from '../settings.ts';
import { describedByHubSpot, describedByUs } from './words.ts';

/** For each portal the inboxes by name, the accounts that connect the channel to them, and the bot that each belongs to. */
export const listAccounts = (env: NodeJS.ProcessEnv): Promise<string> =>
  withReachedBridge(loadConfig(bridgeShape, env), async (bridge) => {
    const portals = await bridge.portals();
    if (portals.length === 0) return 'No HubSpot account has installed the app: open <CONNECT_URL>/install.';
    return (await Promise.all(portals.map((portal) => listPortal(bridge, portal)))).join('\n\n');
  });

async function listPortal({ channelAccountsOf, accounts }: Bridge, portal: PortalId): Promise<string> {
  const hubspot = channelAccountsOf(portal);
  const [inboxes, connected, ours] = await Promise.all([hubspot.inboxes(), hubspot.list(), accounts.list()]);
  const names = new Map(inboxes.map(({ id, name }) => [id, name]));
  return [
    `Portal ${portal}`,
    '  Inboxes:',
    ...inboxes.map(({ id, name, type }) => `    ${id}  "${name}"  ${type}`),
    '  Channel accounts:',
    ...connected.flatMap((account) => [
      `    ${account.id}  ${describedByHubSpot(account)}, in "${names.get(account.inboxId) ?? account.inboxId}"`,
      `      ${describedByUs(
        { portal, account: account.id },
        ours.find((own) => own.portal === portal && own.account === account.id),
      )}`,
    ]),
    ...(connected.length === 0
      ? ['    none yet: `accounts add --inbox <name> --name <name> --callback-url <url>`']
      : []),
  ].join('\n');
}
