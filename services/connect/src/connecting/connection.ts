import { ChannelId, PortalId } from '@parley/shared/contracts/ids';
import { hubSpotAppUrl } from '@parley/shared/hubspot/hubspot-hosts';
import type { Installs } from '@parley/shared/hubspot/oauth/installs';
import { z } from 'zod';
import { Refusal } from '../refusal.ts';

/** What HubSpot hands to the page that connects a channel to an inbox. It signs none of it, so anybody can have written it. */
export interface Connection {
  /** HubSpot's for this one connection: whoever has it may say which account it becomes. A secret. */
  readonly accountToken: string;
  readonly channelId: ChannelId;
  readonly portal: PortalId;
  readonly inboxId: string;
  /** Where the browser goes back to. */
  readonly redirectUrl: URL;
}

export interface ConnectionChecks {
  readonly channelId: ChannelId;
  readonly portals: readonly PortalId[];
  readonly installs: Pick<Installs, 'find'>;
  readonly apiUrl: string;
}

const Given = z.object({
  // Part of a path, in which `.` and `..` would lead elsewhere.
  accountToken: z.string().regex(/^(?=.*\w)[\x21-\x7e]{1,500}$/),
  channelId: ChannelId,
  inboxId: z.string().regex(/^\d+$/),
  portalId: PortalId,
  redirectUrl: z.string().max(2_000),
});

/** Throws a {@link Refusal} of whatever HubSpot cannot have sent, and of what is not for this Parley. */
export async function checkedConnection(
  given: unknown,
  { channelId, portals, installs, apiUrl }: ConnectionChecks,
): Promise<Connection> {
  const read = Given.safeParse(given);
  if (!read.success) {
    const fields = [...new Set(read.error.issues.map(({ path }) => path[0] ?? 'the form'))].join(', ');
    throw refused(`HubSpot opens this page with other words: ${fields}`, PICK_AGAIN, 400);
  }
  const { accountToken, portalId: portal, inboxId } = read.data;
  const redirectUrl = hubSpotAppUrl(read.data.redirectUrl, { apiUrl });
  if (!redirectUrl) throw refused('The way back is none of HubSpot’s', PICK_AGAIN, 400);
  if (read.data.channelId !== channelId)
    throw refused(
      `This Parley does not serve channel ${read.data.channelId}`,
      'Pick the channel of your chatbot, or have whoever runs Parley compare HUBSPOT_CHANNEL_ID.',
    );
  if (!portals.includes(portal))
    throw refused(
      `This Parley does not serve HubSpot account ${portal}`,
      'Have whoever runs Parley add it to INSTALL_PORTALS.',
    );
  const install = await installs.find(portal);
  if (!install) throw refused(`HubSpot account ${portal} has not installed the app`, INSTALL_FIRST);
  if (install.needsConsent) throw refused(`HubSpot account ${portal} took its consent back`, INSTALL_FIRST);
  return { accountToken, channelId, portal, inboxId, redirectUrl };
}

export const PICK_AGAIN =
  'Close this window and pick the channel again in HubSpot: Settings > Inbox & Help Desk > the inbox > Channels.';
export const INSTALL_FIRST = 'Open /install here, consent, and then pick the channel again in HubSpot.';

const refused = (what: string, remedy: string, status = 403) => new Refusal(what, { status, remedy });
