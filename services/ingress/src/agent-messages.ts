import type { AgentDelivery } from '@parley/shared/contracts/agent-delivery';
import type { ChannelAccountId, ChannelId, PortalId } from '@parley/shared/contracts/ids';
import type { Conversations } from '@parley/shared/conversations/conversations';
import { agentDeliveryOf } from '@parley/shared/hubspot/agent-delivery-of';
import type { Lane } from '@parley/shared/queues/lane';
import type { Accept } from '@parley/shared/queues/producer';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import type { RequestHandler } from 'express';
import { parseJson } from './parse-json.ts';
import { Problem } from './problem.ts';

export const CHANNEL_ROUTE = '/v1/hubspot/channel';

export interface AgentMessagesDeps {
  readonly acceptAgentMessages: Accept<AgentDelivery>;
  readonly findHandoffs: Conversations['findHandoffs'];
  readonly followThread: Conversations['followThread'];
  readonly telemetry: Pick<Telemetry, 'accepted' | 'ignored'>;
  readonly portal: PortalId;
  readonly channel: ChannelId;
  readonly account: ChannelAccountId;
}

/**
 * Takes a webhook of the channel: one object. 200 once Redis has the agent's words, and for whatever is not for us, which is
 * counted. Words in a thread that nobody knows get a lane of their own, where the dispatcher makes a dead letter of them.
 */
export const takeAgentMessage =
  ({
    acceptAgentMessages,
    findHandoffs,
    followThread,
    telemetry,
    portal,
    channel,
    account,
  }: AgentMessagesDeps): RequestHandler =>
  async (request, response) => {
    const read = agentDeliveryOf(parseJson(request));
    if ('malformed' in read) throw malformedWebhook(read.malformed);
    const ignore = (reason: string, detail: string) => {
      telemetry.ignored({ route: CHANNEL_ROUTE, reason, detail });
      response.json({ accepted: 0, duplicate: 0 });
    };
    if ('ignored' in read) return ignore('of no interest', read.ignored);
    if (read.portalId !== portal) return ignore('another portal', read.portalId);
    if (read.channelId !== channel) return ignore('another channel', read.channelId);
    if (read.channelAccountId !== account) return ignore('another channel account', read.channelAccountId);

    const { dedupeId, delivery } = read;
    const handoffs = await findHandoffs({ portal, ...delivery });
    const [known] = handoffs;
    // Agents merge threads: the end of this one must find each handoff in it, though it was begun in another one.
    const goOnHere = handoffs.filter((one) => one === known || delivery.handoffIds.includes(one.handoffId));
    const thread = { portal, threadId: delivery.threadId };
    for (const handoff of goOnHere) await followThread(thread, handoff, Date.parse(delivery.sentAt));
    const lane: Lane = known ?? { account, conversation: `unknown-thread-${delivery.threadId}` };
    const taken = await acceptAgentMessages(lane, [{ id: dedupeId, message: delivery }]);
    telemetry.accepted({ route: CHANNEL_ROUTE, ...taken });
    response.json(taken);
  };

/** Signed by HubSpot and not to be understood: refused, so that HubSpot repeats it and somebody looks. */
export const malformedWebhook = (what: string): Problem =>
  new Problem('invalid-webhook', {
    detail: `${what}. Parley follows HubSpot's documented webhooks; its reader may need a correction`,
  });
