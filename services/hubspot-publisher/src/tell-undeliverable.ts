import type { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import type { Mourn } from '@parley/shared/queues/dead-letters';
import { type TellBotParts, tellBot } from './tell-bot.ts';

/** Tells the bot, once, that an event of its will not reach the agents, so that the visitor is not left waiting. */
export const createTellUndeliverable =
  (parts: TellBotParts): Mourn<EventFromBot> =>
  ({ reason }, event) =>
    tellBot(parts, event, { type: 'message.undeliverable', data: { eventId: event.id, reason } });
