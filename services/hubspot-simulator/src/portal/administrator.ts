import { purgeAccount, updateAccount } from './channel-accounts.ts';
import { startConnecting } from './connecting.ts';
import { decide, readConsentRequest } from './consent.ts';
import type { HubSpot } from './hubspot.ts';
import { uninstall } from './installs.ts';
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
    /** Takes the app out of the account: all its tokens there are worth nothing. */
    uninstall: (portalId: string): void => uninstall(hubspot, portalOf(portalId)),
    /** A `FREE` account cannot consent to custom channels. */
    changeTier: (portalId: string, tier: Portal['tier']): void => {
      portalOf(portalId).tier = tier;
    },
    /** Opens the app's authorize address, agrees or does not, and gives the address that the browser is sent to then. */
    consent: (authorizeUrl: string, { portalId, agreed = true }: { portalId: string; agreed?: boolean }): string =>
      decide(hubspot, readConsentRequest(hubspot, new URL(authorizeUrl).searchParams), {
        portal: portalOf(portalId),
        agreed,
      }),
    /** Picks a channel for an inbox, and gives the address of the popup. */
    connectChannel: (portalId: string, where: { readonly channelId: string; readonly inboxId: string }): string =>
      startConnecting(hubspot, { portal: portalOf(portalId), ...where }),
  };
}
export type Administrator = ReturnType<typeof createAdministrator>;
