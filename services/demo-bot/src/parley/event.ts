import { randomUUID } from 'node:crypto';
import type { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import type { z } from 'zod';

/** An event as it is written to Parley. */
export type Event = z.input<typeof EventFromBot>;

type DataOf<Type extends Event['type']> = Extract<Event, { type: Type }>['data'];

/** Makes the event, and with it the id under which every attempt sends it. */
export const makeEvent = <Type extends Event['type']>(type: Type, conversationId: string, data: DataOf<Type>) => ({
  id: randomUUID(),
  type,
  conversationId,
  occurredAt: new Date().toISOString(),
  data,
});
