import { z } from 'zod';
import type { AgentDeliveryOf } from '../contracts/agent-delivery.ts';
import { AgentAttachments } from './agent-attachments.ts';
import { type AgentContent, agentContent } from './agent-content.ts';
import type { HubSpotApi } from './api.ts';
import { Refusal } from './exchange.ts';

type Truncated = Pick<AgentDeliveryOf<'agent-message'>, 'threadId' | 'messageId' | 'truncated'>;

export interface OriginalContentClient {
  /**
   * What the visitor gets of a message that HubSpot cut, were it whole. Undefined: there is no such message any more, nothing is
   * in it, or we may not read it.
   */
  readWhole(message: Truncated): Promise<AgentContent | undefined>;
}

const OriginalContent = z.object({ text: z.string().catch(''), richText: z.string().optional().catch(undefined) });

export const createOriginalContentClient = (api: HubSpotApi): OriginalContentClient => ({
  readWhole: ({ threadId, messageId, truncated }) => {
    const [thread, message] = [threadId, messageId].map(encodeURIComponent);
    const path = `/conversations/v3/conversations/threads/${thread}/messages/${message}/original-content`;
    return api.call({ what: `read message ${messageId} whole` }, async () => {
      try {
        const words = await api.request({ method: 'GET', path }, OriginalContent);
        const attachments = AgentAttachments.parse(truncated?.attachments);
        return agentContent({ ...words, attachments, truncationStatus: undefined });
      } catch (thrown) {
        // A missing scope would count as the portal's failure and pause the visitor's words.
        if (thrown instanceof Refusal && [403, 404].includes(thrown.answer.status)) return undefined;
        throw thrown;
      }
    });
  },
});
