import { createBotSecrets, sealSecrets } from '@parley/shared/accounts/account';
import { ConfigError, loadConfig } from '@parley/shared/config/load-config';
import { ChannelAccountId, PortalId } from '@parley/shared/contracts/ids';
import type { ChannelAccount, ChannelAccounts, Inbox } from '@parley/shared/hubspot/channels-accounts';
import { SetUpError } from '@parley/shared/hubspot/channels-calls';
import { type Bridge, withReachedBridge } from '../bridge.ts';
import { Problem } from '../problems.ts';
import { bridgeShape } from '../settings.ts';
import { callbackUrlOf, givenSecrets, toldOnce } from './bot-settings.ts';
import { refuseUnwritten } from './unwritten.ts';
import { describedByHubSpot } from './words.ts';

type HubSpot = Pick<ChannelAccounts, 'inboxes' | 'list' | 'add' | 'find'>;

export interface NewAccount {
  /** Where the bot takes Parley's events. */
  readonly callbackUrl: string;
  /** Needed where Parley has a way into several. */
  readonly portal?: string | undefined;
  /** One that HubSpot has already. */
  readonly account?: string | undefined;
  /** As HubSpot shows it, whatever the case. */
  readonly inbox?: string | undefined;
  /** As agents see it. */
  readonly name?: string | undefined;
  /** What HubSpot tells accounts apart by, for ever. Made of the name when it is not said. */
  readonly identifier?: string | undefined;
}

/**
 * Connects the channel to an inbox and gives the connection to a bot. An account that HubSpot has already and that no bot has is
 * taken instead of a second one, so that a command that died half-way can be given again; with the secrets of the environment it
 * can be given as often as a machine likes.
 */
export const addAccount = (env: NodeJS.ProcessEnv, asked: NewAccount): Promise<string> =>
  withReachedBridge(loadConfig(bridgeShape, env), async (bridge) => {
    const callbackUrl = callbackUrlOf(asked.callbackUrl);
    const given = givenSecrets(env);
    const portal = await portalOf(bridge, asked.portal);
    const added = await channelAccountFor(bridge.channelAccountsOf(portal), asked);
    const { id: account } = added;
    const before = await bridge.accounts.find(account);
    if (before && !(given && before.bot.callbackUrl === callbackUrl))
      throw new Problem(
        `Channel account ${account} belongs to the bot at ${before.bot.callbackUrl}`,
        `Change that with \`accounts change --account ${account}\`, with --new-secrets if you never saw them, or add another with another --name.`,
      );
    const secrets = given ?? createBotSecrets();
    const key = { portal, account };
    const bot = { ...before?.bot, callbackUrl, ...sealSecrets(secrets, { account, seal: bridge.seal }) };
    await bridge.requestLook(key); // before the secrets are written, which nothing may keep from being shown
    refuseUnwritten(await (before ? bridge.accounts.change(before, bot) : bridge.accounts.claim(key, bot)), account);
    return [
      `Channel account ${account} of portal ${portal}, ${describedByHubSpot(added)}, belongs to the bot at ${callbackUrl}.`,
      ...(given ? [] : toldOnce(secrets)),
      ...(added.active ? [] : [INACTIVE]),
    ].join('\n');
  });

const INACTIVE =
  'It is inactive: an administrator switches it on in HubSpot, Settings > Inbox & Help Desk > the inbox > Channels.';

async function portalOf({ portals }: Bridge, asked: string | undefined): Promise<PortalId> {
  if (asked !== undefined) {
    const portal = PortalId.safeParse(asked);
    if (portal.success) return portal.data;
    throw new Problem(`"${asked}" is no Hub ID`, 'Give the digits that HubSpot shows beside the account as --portal.');
  }
  const known = await portals();
  const [only] = known;
  if (only && known.length === 1) return only;
  throw only
    ? new Problem(`Parley has a way into portals ${known.join(', ')}`, 'Say which one: --portal.')
    : new ConfigError('Parley has no way into any portal: set HUBSPOT_ACCESS_TOKEN, or open <CONNECT_URL>/install');
}

async function channelAccountFor(hubspot: HubSpot, asked: NewAccount): Promise<ChannelAccount> {
  if (asked.account !== undefined) return existing(hubspot, asked.account);
  const { inbox: inboxName, name } = asked;
  if (inboxName === undefined || name === undefined)
    throw new Problem('Which account?', 'Give --inbox and --name for a new one, or --account for one that is there.');
  const identifier = asked.identifier ?? slugOf(name);
  const inbox = inboxNamed(await hubspot.inboxes(), inboxName);
  const taken = (await hubspot.list()).find((account) => account.identifier === identifier);
  if (!taken) return add(hubspot, { inboxId: inbox.id, name, identifier });
  if (taken.inboxId === inbox.id) return taken;
  throw new Problem(
    `The identifier "${identifier}" belongs to account ${taken.id}, ${describedByHubSpot(taken)}, of another inbox`,
    'Accounts cannot move: choose another --identifier.',
  );
}

async function existing(hubspot: HubSpot, id: string): Promise<ChannelAccount> {
  const account = ChannelAccountId.safeParse(id);
  const found = account.success ? await hubspot.find(account.data) : undefined;
  if (found && !found.archived) return found;
  throw new Problem(
    found ? `Channel account ${id} is archived` : `The channel has no account ${id} in this portal`,
    'Take one that `npm run parley -- accounts list` shows.',
  );
}

async function add(hubspot: HubSpot, account: Parameters<HubSpot['add']>[0]): Promise<ChannelAccount> {
  try {
    return await hubspot.add(account);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    if (error.problem === 'conflict')
      throw new Problem(
        `The identifier "${account.identifier}" belongs to an account, perhaps an archived one`,
        'Restore that one in HubSpot, or choose another --identifier.',
      );
    if (error.problem !== 'away') throw error;
    throw new Problem(
      `${error.message}. The account may have been made all the same`,
      'Give the same command again: it takes the one that is there.',
    );
  }
}

function inboxNamed(inboxes: readonly Inbox[], asked: string): Inbox {
  const found = inboxes.filter(({ id, name }) => id === asked || name.toLowerCase() === asked.toLowerCase());
  const [inbox] = found;
  if (inbox && found.length === 1) return inbox;
  const known = (inbox ? found : inboxes).map(({ id, name, type }) => `"${name}" (${id}, ${type})`).join(', ');
  if (inbox) throw new Problem(`Several inboxes are called "${asked}": ${known}`, 'Give the id of one as --inbox.');
  throw new Problem(
    `There is no inbox "${asked}"`,
    `Give one of these as --inbox: ${known || 'none; make one in HubSpot'}`,
  );
}

/** `Our Chatbot!` is `our-chatbot`. */
function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  if (slug) return slug;
  throw new Problem(`Nothing can be made of the name "${name}"`, 'Give a --name with letters or digits.');
}
