import { type ThreadEventRead, threadEventsOf } from '@parley/shared/hubspot/thread-events-of';
import type { RequestHandler } from 'express';
import { type ChannelWebhooksDeps, malformedWebhook } from './channel-webhooks.ts';
import { parseJson } from './parse-json.ts';

export const SUBSCRIPTIONS_ROUTE = '/v1/hubspot/events';

export type ThreadEventsDeps = Pick<ChannelWebhooksDeps, 'acceptAgentMessages' | 'findHandoffs' | 'telemetry'>;

/**
 * Takes webhooks of the app's subscriptions: a list. 200 once Redis has every assignment, close and deletion of a thread of ours; all other events of the
 * portal arrive here too, and are counted. One event that cannot be understood keeps no other back, but the list is then
 * answered 400, so that HubSpot repeats it: what was accepted is a duplicate then.
 */
export function takeThreadEvents(deps: ThreadEventsDeps): RequestHandler {
  return async (request, response) => {
    const sum = { accepted: 0, duplicate: 0 };
    const malformed: string[] = [];
    for (const [index, read] of threadEventsOf(parseJson(request)).entries()) {
      if ('malformed' in read) malformed.push(`[${index}] ${read.malformed}`);
      else if ('ignored' in read) ignore('of no interest', read.ignored);
      else {
        const taken = await take(read);
        sum.accepted += taken.accepted;
        sum.duplicate += taken.duplicate;
      }
    }
    if (sum.accepted + sum.duplicate > 0) deps.telemetry.accepted({ route: SUBSCRIPTIONS_ROUTE, ...sum });
    if (malformed.length > 0) throw malformedWebhook(listed(malformed));
    response.json(sum);
  };

  async function take({ portalId, threadId, deliveries }: ThreadEventRead) {
    const { findHandoffs, acceptAgentMessages } = deps;
    const handoffs = await findHandoffs({ portal: portalId, threadId, handoffIds: [] });
    if (handoffs.length === 0) return ignore('event of an unknown thread', threadId);
    return acceptAgentMessages(
      handoffs.flatMap((lane) => deliveries(lane.handoffId).map((delivery) => ({ lane, ...delivery }))),
    );
  }

  function ignore(reason: string, detail: string) {
    deps.telemetry.ignored({ route: SUBSCRIPTIONS_ROUTE, reason, detail });
    return { accepted: 0, duplicate: 0 };
  }
}

/** Enough to mend a reader with, and a bound on answer and log line. */
const MAX_LISTED = 20;

function listed(malformed: readonly string[]): string {
  const more = malformed.length - MAX_LISTED;
  return [...malformed.slice(0, MAX_LISTED), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
