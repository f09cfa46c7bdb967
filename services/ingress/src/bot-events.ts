import { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import type { Accept, Acceptance } from '@parley/shared/queues/producer';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import type { RequestHandler } from 'express';
import { invalidEvents, type Malformed } from './invalid-events.ts';
import { accountOfBot } from './known-bot.ts';
import { parseJson } from './parse-json.ts';
import { Problem } from './problem.ts';

export const BOT_ROUTE = '/v1/events';

export const MAX_BATCH = 100;

export interface BotEventsDeps {
  readonly acceptVisitorMessages: Accept<EventFromBot>;
  readonly telemetry: Pick<Telemetry, 'accepted'>;
}

/**
 * Takes one event or a list of 1 to 100 in order, and answers 202 once Redis has all of it. A malformed event refuses the whole
 * list with nothing accepted. After a 503 some conversations of the list may have been accepted: the bot sends the list again,
 * and what was accepted counts as duplicate.
 */
export const takeBotEvents =
  ({ acceptVisitorMessages, telemetry }: BotEventsDeps): RequestHandler =>
  async (request, response) => {
    const { account } = accountOfBot(request);
    const events = parseEvents(parseJson(request));
    const taken = await Promise.all(
      byConversation(events).map(([conversation, theirs]) =>
        acceptVisitorMessages(
          { account, conversation },
          theirs.map((event) => ({ id: event.id, message: event })),
        ),
      ),
    );
    const sum = total(taken);
    telemetry.accepted({ route: BOT_ROUTE, ...sum });
    response.status(202).json(sum);
  };

function parseEvents(body: unknown): EventFromBot[] {
  const isBatch = Array.isArray(body);
  const elements: readonly unknown[] = isBatch ? body : [body];
  if (elements.length === 0)
    throw new Problem('malformed-request', { detail: `the list is empty: send 1 to ${MAX_BATCH} events` });
  if (elements.length > MAX_BATCH)
    throw new Problem('malformed-request', {
      detail: `the list has ${elements.length} events: send at most ${MAX_BATCH} in one request`,
    });

  const events: EventFromBot[] = [];
  const malformed: Malformed[] = [];
  for (const [index, element] of elements.entries()) {
    const result = EventFromBot.safeParse(element);
    if (result.success) events.push(result.data);
    else malformed.push({ at: isBatch ? [index] : [], issues: result.error.issues });
  }
  if (malformed.length > 0) throw invalidEvents(malformed);
  return events;
}

/** Events of one conversation go into one lane; between conversations there is no order to keep. */
function byConversation(events: readonly EventFromBot[]) {
  const groups = new Map<EventFromBot['conversationId'], EventFromBot[]>();
  for (const event of events) {
    const group = groups.get(event.conversationId);
    if (group) group.push(event);
    else groups.set(event.conversationId, [event]);
  }
  return [...groups];
}

const total = (taken: readonly Acceptance[]): Acceptance => ({
  accepted: taken.reduce((sum, { accepted }) => sum + accepted, 0),
  duplicate: taken.reduce((sum, { duplicate }) => sum + duplicate, 0),
});
