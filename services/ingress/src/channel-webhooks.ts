import type { AccountLooks } from '@parley/shared/accounts/account-looks';
import type { Accounts } from '@parley/shared/accounts/accounts';
import type { AgentDelivery } from '@parley/shared/contracts/agent-delivery';
import type { ChannelId } from '@parley/shared/contracts/ids';
import type { Conversations } from '@parley/shared/conversations/conversations';
import type { AgentMessageRead } from '@parley/shared/hubspot/agent-delivery-of';
import { type ChannelAccountChanged, readChannelWebhook } from '@parley/shared/hubspot/channel-webhook';
import type { Lane } from '@parley/shared/queues/lane';
import type { Accept, Acceptance } from '@parley/shared/queues/producer';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import type { RequestHandler } from 'express';
import { parseJson } from './parse-json.ts';
import { Problem } from './problem.ts';

export const CHANNEL_ROUTE = '/v1/hubspot/channel';

export interface ChannelWebhooksDeps {
  readonly accounts: Pick<Accounts, 'find' | 'countUnclaimed'>;
  readonly requestLook: AccountLooks['request'];
  readonly acceptAgentMessages: Accept<AgentDelivery>;
  readonly findHandoffs: Conversations['findHandoffs'];
  readonly followThread: Conversations['followThread'];
  readonly telemetry: Pick<Telemetry, 'accepted' | 'ignored'>;
  readonly channel: ChannelId;
}

const NOTHING: Acceptance = { accepted: 0, duplicate: 0 };

/**
 * Takes a webhook of the channel: one object. 200 once Redis has the agent's words, or that an account changed, and for whatever is
 * not for us, which is counted. Words in a thread that nobody knows get a lane of their own, where the dispatcher makes a dead
 * letter of them.
 */
export function takeChannelWebhook(deps: ChannelWebhooksDeps): RequestHandler {
  return async (request, response) => {
    const read = readChannelWebhook(parseJson(request));
    if ('malformed' in read) throw malformedWebhook(read.malformed);
    response.json(await taken(read));
  };

  async function taken(read: Exclude<ReturnType<typeof readChannelWebhook>, { malformed: string }>) {
    if ('ignored' in read) return ignore('of no interest', read.ignored);
    if (read.channelId !== deps.channel) return ignore('another channel', read.channelId);
    return 'delivery' in read ? takeWords(read) : takeChange(read);
  }

  async function takeWords({ dedupeId, delivery, ...read }: AgentMessageRead): Promise<Acceptance> {
    const { portalId: portal, channelAccountId: account } = read;
    const claimed = await deps.accounts.find(account);
    if (claimed?.portal !== portal) {
      await deps.accounts.countUnclaimed({ portal, account });
      await deps.requestLook({ portal, account });
      return ignore('an account that no bot has', `account ${account} of portal ${portal}`);
    }
    const handoffs = await deps.findHandoffs({ portal, ...delivery });
    // A thread may hold handoffs of another bot's too: these words are for the account that HubSpot names.
    const known = handoffs.find((one) => one.account === account);
    // Agents merge threads: the end of this one must find each handoff in it, though it was begun in another one.
    const goOnHere = handoffs.filter((one) => one === known || delivery.handoffIds.includes(one.handoffId));
    const thread = { portal, threadId: delivery.threadId };
    for (const handoff of goOnHere) await deps.followThread(thread, handoff, Date.parse(delivery.sentAt));
    const lane: Lane = known ?? { account, conversation: `unknown-thread-${delivery.threadId}` };
    const acceptance = await deps.acceptAgentMessages([{ lane, id: dedupeId, message: delivery }]);
    deps.telemetry.accepted({ route: CHANNEL_ROUTE, ...acceptance });
    return acceptance;
  }

  async function takeChange({
    portalId: portal,
    channelAccountId: account,
  }: ChannelAccountChanged): Promise<Acceptance> {
    await deps.requestLook({ portal, account });
    const acceptance = { accepted: 1, duplicate: 0 };
    deps.telemetry.accepted({ route: CHANNEL_ROUTE, ...acceptance });
    return acceptance;
  }

  function ignore(reason: string, detail: string): Acceptance {
    deps.telemetry.ignored({ route: CHANNEL_ROUTE, reason, detail });
    return NOTHING;
  }
}

/** Signed by HubSpot and not to be understood: refused, so that HubSpot repeats it and somebody looks. */
export const malformedWebhook = (what: string): Problem =>
  new Problem('invalid-webhook', {
    detail: `${what}. Parley follows HubSpot's documented webhooks; its reader may need a correction`,
  });
