import { loadConfig } from '@parley/shared/config/load-config';
import type { ChannelAccount, ChannelAccounts, Inbox } from '@parley/shared/hubspot/channels-accounts';
import { SetUpError } from '@parley/shared/hubspot/channels-calls';
import { Problem } from './problems.ts';
import { accountsShape } from './settings.ts';
import { withAccounts } from './with-accounts.ts';

type Client = Pick<ChannelAccounts, 'inboxes' | 'list' | 'add'>;

/** The inboxes by name, and the accounts that connect the channel to them. */
export const listAccounts = (env: NodeJS.ProcessEnv): Promise<string> =>
  withAccounts(loadConfig(accountsShape, env), async ({ accounts }) => {
    const [inboxes, connected] = await Promise.all([accounts.inboxes(), accounts.list()]);
    const names = new Map(inboxes.map(({ id, name }) => [id, name]));
    return [
      'Inboxes:',
      ...inboxes.map(({ id, name, type }) => `  ${id}  "${name}"  ${type}`),
      'Channel accounts:',
      ...connected.map(
        (account) => `  ${account.id}  ${described(account)}, in "${names.get(account.inboxId) ?? account.inboxId}"`,
      ),
      ...(connected.length === 0 ? ['  none yet: npm run parley -- accounts add --inbox <name> --name <name>'] : []),
    ].join('\n');
  });

export interface NewAccount {
  /** As HubSpot shows it, whatever the case. */
  readonly inbox: string;
  /** As agents see it. */
  readonly name: string;
  /** What HubSpot tells accounts apart by, for ever. Made of the name when it is not said. */
  readonly identifier?: string | undefined;
}

/** Connects the channel to an inbox. What has the identifier already is not made a second time. */
export const addAccount = (env: NodeJS.ProcessEnv, asked: NewAccount): Promise<string> =>
  withAccounts(loadConfig(accountsShape, env), async ({ accounts }) => {
    const identifier = asked.identifier ?? slugOf(asked.name);
    const inbox = inboxNamed(await accounts.inboxes(), asked.inbox);
    const taken = (await accounts.list()).find((account) => account.identifier === identifier);
    if (taken) throw alreadyThere(identifier, `account ${taken.id}, ${described(taken)}`);
    const added = await add(accounts, { inboxId: inbox.id, name: asked.name, identifier });
    return [
      `Connected to "${inbox.name}". In .env:`,
      `HUBSPOT_CHANNEL_ACCOUNT_ID=${added.id}`,
      ...(added.active
        ? []
        : [
            'It is inactive: an administrator switches it on in HubSpot, Settings > Inbox & Help Desk > the inbox > Channels.',
          ]),
    ].join('\n');
  });

async function add(accounts: Client, account: Parameters<Client['add']>[0]): Promise<ChannelAccount> {
  try {
    return await accounts.add(account);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    if (error.problem === 'conflict') throw alreadyThere(account.identifier, 'an account, perhaps an archived one');
    if (error.problem !== 'away') throw error;
    throw new Problem(
      `${error.message}. The account may have been made all the same`,
      'Look with `npm run parley -- accounts list` before you add it again.',
    );
  }
}

const alreadyThere = (identifier: string, what: string) =>
  new Problem(
    `The identifier "${identifier}" belongs to ${what}`,
    'Use that one as HUBSPOT_CHANNEL_ACCOUNT_ID, or choose another --identifier.',
  );

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

const described = ({ name, active, authorized, identifier }: ChannelAccount): string =>
  [
    `"${name}"`,
    ...(identifier === undefined ? [] : [`identifier "${identifier}"`]),
    active ? 'active' : 'inactive',
    ...(authorized ? [] : ['not authorized']),
  ].join(', ');

/** `Our Chatbot!` is `our-chatbot`. */
function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  if (slug) return slug;
  throw new Problem(`Nothing can be made of the name "${name}"`, 'Give a --name with letters or digits.');
}
