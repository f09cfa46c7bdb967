import { z } from 'zod';
import { MessageId } from './ids.ts';

/** What the agent sees beside a reply in HubSpot. `reason` is a sentence for the agent. */
export const DeliveryReport = z.discriminatedUnion('status', [
  z.object({ messageId: MessageId, status: z.literal('sent') }),
  z.object({ messageId: MessageId, status: z.literal('read') }),
  z.object({ messageId: MessageId, status: z.literal('failed'), reason: z.string() }),
]);
export type DeliveryReport = z.infer<typeof DeliveryReport>;
