import { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import type { Accept } from '@parley/shared/queues/producer';
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
 * list with nothing accepted. After a 503 all of it may have been accepted, or nothing: the bot sends it again, and what was
 * accepted counts as duplicate.
 */
export const takeBotEvents =
  ({ acceptVisitorMessages, telemetry }: BotEventsDeps): RequestHandler =>
  async (request, response) => {
    const { account } = accountOfBot(request);
    const events = parseEvents(parseJson(request));
    const taken = await acceptVisitorMessages(
      events.map((event) => ({ lane: { account, conversation: event.conversationId }, id: event.id, message: event })),
    );
    telemetry.accepted({ route: BOT_ROUTE, ...taken });
    response.status(202).json(taken);
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
