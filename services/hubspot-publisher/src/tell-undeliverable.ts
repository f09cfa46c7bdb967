import type { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import { ChannelAccountId } from '@parley/shared/contracts/ids';
import type { Mourn } from '@parley/shared/queues/dead-letters';
import { accountOf } from '@parley/shared/queues/lane';
import { type TellBotParts, tellBot } from './tell-bot.ts';

/** Tells the bot, once, that an event of its will not reach the agents, so that the visitor is not left waiting. */
export const createTellUndeliverable =
  (parts: Omit<TellBotParts, 'account'>): Mourn<EventFromBot> =>
  ({ lane, reason }, event) =>
    tellBot({ ...parts, account: ChannelAccountId.parse(accountOf(lane)) }, event, {
      type: 'message.undeliverable',
      data: { eventId: event.id, reason },
    });
