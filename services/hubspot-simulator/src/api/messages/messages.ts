import { z } from 'zod';
import type { Portal } from '../../portal/portal.ts';
import type { ChannelMessage } from '../../portal/wire.ts';
import type { Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { invalid, notFound, parseBody } from '../errors.ts';
import { requireChannel } from './channels.ts';

/** GET {channelId}/messages/{messageId} */
export const getMessage: Handler = (portal, { grant, params }) => {
  const { channelId = '', messageId = '' } = params;
  requireChannel(portal, grant, channelId);
  return ok(findMessage(portal, channelId, messageId));
};

const Report = z.strictObject({
  statusType: z.enum(['SENT', 'FAILED', 'READ'], 'Valid status are SENT, FAILED, and READ'),
  errorMessage: z.string().optional(),
});

/** PATCH {channelId}/messages/{messageId}: what became of an agent's message. No transition is known to be refused. */
export const patchMessageStatus: Handler = (portal, { grant, params, body }) => {
  const { channelId = '', messageId = '' } = params;
  requireChannel(portal, grant, channelId);
  const message = findMessage(portal, channelId, messageId);
  const { statusType, errorMessage } = parseBody(Report, body);
  if (message.direction !== 'OUTGOING')
    throw invalid({ message: `Message ${messageId} is not an outgoing message`, in: 'messageId' });
  message.status = {
    statusType,
    ...(statusType === 'FAILED' && {
      failureDetails: { ...(errorMessage !== undefined && { errorMessage }), errorMessageTokens: {} },
    }),
  };
  message.updatedAt = new Date().toISOString();
  portal.changes.emit();
  return ok(message);
};

export function findMessage(portal: Portal, channelId: string, messageId: string): ChannelMessage {
  for (const thread of portal.threads.values())
    for (const message of thread.messages)
      if (message.id === messageId && message.type === 'MESSAGE' && message.channelId === channelId) return message;
  throw notFound(`Message ${messageId} not found`, { messageId: [messageId] });
}
