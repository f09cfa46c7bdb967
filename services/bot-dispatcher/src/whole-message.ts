import type { AgentDeliveryOf } from '@parley/shared/contracts/agent-delivery';
import type { OriginalContentClient } from '@parley/shared/hubspot/original-content';
import type { Attempt } from '@parley/shared/queues/turn';
import type { LookPatiently } from './look-patiently.ts';

export interface WholeMessageParts {
  readonly hubspot: OriginalContentClient;
  readonly lookPatiently: LookPatiently;
}

/**
 * The message as the agent wrote it, where HubSpot cut it: its words whole, and the images within the part that was cut off. As it
 * came, with a line that says so, when that cannot be had. Read anew at each attempt.
 */
export async function wholeMessage(
  { hubspot, lookPatiently }: WholeMessageParts,
  delivery: AgentDeliveryOf<'agent-message'>,
  attempt: Pick<Attempt, 'lane' | 'eventId'>,
): Promise<AgentDeliveryOf<'agent-message'>> {
  if (!delivery.truncated) return delivery;
  const asked = { what: `message ${delivery.messageId}`, delivery: attempt };
  const whole = await lookPatiently(asked, () => hubspot.readWhole(delivery));
  if (!whole) return delivery;
  const { text: _text, richText: _richText, quickReplies: _replies, files: _files, ...rest } = delivery;
  return { ...rest, ...whole };
}
