import { purgeAccount, updateAccount } from './channel-accounts.ts';
import { startConnecting } from './connecting.ts';
import type { HubSpot } from './hubspot.ts';
import type { ChannelAccount, Inbox, Portal } from './portal.ts';

/** What an administrator of an account does at its settings. What is not there is an error of the caller's. */
export function createAdministrator(hubspot: HubSpot) {
  const portalOf = (portalId: string): Portal => {
    const portal = hubspot.portals.get(portalId);
    if (!portal) throw new Error(`there is no portal ${portalId}`);
    return portal;
  };
  const find = (accountId: string): { portal: Portal; account: ChannelAccount } => {
    for (const portal of hubspot.portals.values()) {
      const account = portal.accounts.get(accountId);
      if (account) return { portal, account };
    }
    throw new Error(`there is no channel account ${accountId}`);
  };
  const change = (accountId: string, given: Partial<Pick<ChannelAccount, 'active' | 'archived'>>): void => {
    const { portal, account } = find(accountId);
    updateAccount(portal, account, given);
  };
  return {
    /** Switches a channel account on or off. */
    switchAccount: (accountId: string, active: boolean): void => change(accountId, { active }),
    archiveAccount: (accountId: string): void => change(accountId, { archived: true }),
    /** Deletes a channel account for good. */
    purgeAccount: (accountId: string): void => {
      const { portal, account } = find(accountId);
      purgeAccount(portal, account);
    },
    /** Opens one more inbox or help desk, and gives its id. */
    addInbox: (portalId: string, { name, type }: Pick<Inbox, 'name' | 'type'>): string => {
      const id = hubspot.ids.inbox();
      portalOf(portalId).inboxes.set(id, { id, name, type, createdAt: new Date().toISOString() });
      hubspot.changes.emit();
      return id;
    },
    /** Picks a channel for an inbox, and gives the address of the popup. */
    connectChannel: (portalId: string, where: { readonly channelId: string; readonly inboxId: string }): string =>
      startConnecting(hubspot, { portal: portalOf(portalId), ...where }),
  };
}
export type Administrator = ReturnType<typeof createAdministrator>;
