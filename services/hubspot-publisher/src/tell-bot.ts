import type { AgentDelivery } from '@parley/shared/contracts/agent-delivery';
import type { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import type { EventToBot } from '@parley/shared/contracts/event-to-bot';
import { type ChannelAccountId, followUpId } from '@parley/shared/contracts/ids';
import type { Accept } from '@parley/shared/queues/producer';

export interface TellBotParts {
  readonly account: ChannelAccountId;
  readonly acceptAgentDelivery: Accept<AgentDelivery>;
}

type Named<Type extends EventToBot['type']> = Pick<Extract<EventToBot, { type: Type }>, 'type' | 'data'>;
type Notice = { [Type in EventToBot['type']]: Named<Type> }[EventToBot['type']];

/** Tells the bot what became of an event of its own, in the order of its conversation: each kind of notice once for each event. */
export async function tellBot(
  { account, acceptAgentDelivery }: TellBotParts,
  { id, conversationId }: Pick<EventFromBot, 'id' | 'conversationId'>,
  notice: Notice,
): Promise<void> {
  const noticeId = followUpId(notice.type, `${account}/${id}`);
  const event = { id: noticeId, conversationId, occurredAt: new Date().toISOString(), ...notice };
  const lane = { account, conversation: conversationId };
  await acceptAgentDelivery([{ lane, id: noticeId, message: { kind: 'notice', event } }]);
}
