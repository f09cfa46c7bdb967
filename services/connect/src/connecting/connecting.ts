import { randomUUID } from 'node:crypto';
import type { PortalId } from '@parley/shared/contracts/ids';
import type { ChannelAccounts, Inbox } from '@parley/shared/hubspot/channels-accounts';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { send } from '../page.ts';
import { pageHeaders } from '../page-headers.ts';
import { Refusal } from '../refusal.ts';
import { connectPage } from './connect-page.ts';
import { type Connection, type ConnectionChecks, checkedConnection, PICK_AGAIN } from './connection.ts';
import { refusalOf } from './refusal-of.ts';

type HubSpot = Pick<ChannelAccounts, 'inboxes' | 'nameStaged'>;

export interface ConnectingParts {
  readonly checks: ConnectionChecks;
  readonly channelAccountsOf: (portal: PortalId) => HubSpot;
  readonly mayAsk: (portal: PortalId) => Promise<boolean>;
  readonly telemetry: Pick<Telemetry, 'logger'>;
}

const NamedAccount = z.object({ name: z.string().trim().min(1).max(100) });

/**
 * `show` is the page that HubSpot opens in a window of its own when an administrator picks the channel for an inbox, `connect` is
 * its button. Nobody signs in here and no cookie counts, so there is nothing that another site could borrow from a browser: what
 * may be done, the `accountToken` alone says, which HubSpot has given to one administrator for one inbox. A stranger who knows
 * the ids of portal, channel and inbox can read the inbox's name, and no more.
 *
 * Dying after HubSpot was told leaves the administrator on the page: pressing again tells it again.
 */
export function createConnecting(parts: ConnectingParts): { show: RequestHandler; connect: RequestHandler } {
  return {
    async show(request, response) {
      const connection = await checkedConnection(request.query, parts.checks);
      const inbox = await ask(parts, connection, (hubspot) => findInbox(hubspot, connection));
      // Browsers hold the redirect that answers a form to the policy of the form's page.
      pageHeaders({ formAction: ["'self'", connection.redirectUrl.origin] })(request, response, () =>
        send(response, connectPage(connection, inbox)),
      );
    },

    async connect(request, response) {
      const connection = await checkedConnection(request.body, parts.checks);
      // HubSpot lets no two accounts of a channel have one identifier, and an archived account keeps its own.
      const account = { name: nameIn(request.body), identifier: `parley-${randomUUID()}` };
      await ask(parts, connection, ({ nameStaged }) => nameStaged(connection.accountToken, account));
      parts.telemetry.logger.info({ portal: connection.portal, inboxId: connection.inboxId }, 'connecting an inbox');
      response.redirect(303, connection.redirectUrl.href);
    },
  };
}

async function ask<T>(
  { mayAsk, channelAccountsOf }: ConnectingParts,
  connection: Connection,
  question: (hubspot: HubSpot) => Promise<T>,
): Promise<T> {
  if (!(await mayAsk(connection.portal)))
    throw new Refusal('HubSpot was asked too often', { status: 429, remedy: 'Reload this page in a minute.' });
  try {
    return await question(channelAccountsOf(connection.portal));
  } catch (error) {
    throw refusalOf(error, connection);
  }
}

async function findInbox({ inboxes }: HubSpot, { portal, inboxId }: Connection): Promise<Inbox> {
  const inbox = (await inboxes()).find(({ id }) => id === inboxId);
  if (inbox) return inbox;
  throw new Refusal(`HubSpot account ${portal} has no inbox ${inboxId}`, { status: 404, remedy: PICK_AGAIN });
}

function nameIn(form: unknown): string {
  const named = NamedAccount.safeParse(form);
  if (named.success) return named.data.name;
  throw new Refusal('The name has to have 1 to 100 characters', {
    status: 400,
    remedy: 'Go back and give another one.',
  });
}
