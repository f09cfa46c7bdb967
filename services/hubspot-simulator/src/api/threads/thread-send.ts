import { z } from 'zod';
import { addComment, addReply } from '../../portal/agent-words.ts';
import { attach } from '../../portal/attachments.ts';
import type { Portal } from '../../portal/portal.ts';
import { appAuthor } from '../../portal/thread-status.ts';
import type { Handler } from '../api-call.ts';
import { HubSpotError, invalid, parseBody } from '../errors.ts';
import { AgentAttachments } from '../messages/attachments.ts';
import { DeliveryIdentifier } from '../messages/delivery-identifier.ts';
import { threadOf } from './threads.ts';

const Comment = z.strictObject({
  type: z.literal('COMMENT'),
  text: z.string(),
  richText: z.string().optional(),
  attachments: AgentAttachments,
});

const Recipient = z.strictObject({
  actorId: z.string().optional(),
  deliveryIdentifier: DeliveryIdentifier.optional(),
  deliveryIdentifiers: z.array(DeliveryIdentifier),
  name: z.string().optional(),
  recipientField: z.string().optional(),
});

const Message = z.strictObject({
  type: z.literal('MESSAGE'),
  text: z.string(),
  richText: z.string().optional(),
  subject: z.string().optional(),
  attachments: AgentAttachments,
  senderActorId: z.string(),
  channelId: z.string(),
  channelAccountId: z.string(),
  recipients: z.array(Recipient).min(1),
});
type Message = z.infer<typeof Message>;

const Egg = z.discriminatedUnion('type', [Comment, Message]);

/** POST threads/{threadId}/messages: a comment of the app's, or a message in the name of an agent, and of nobody else. */
export const sendToThread: Handler = (portal, call) => {
  const egg = parseBody(Egg, call.body);
  const thread = threadOf(portal, call);
  const words = { ...egg, thread, attachments: attach(portal, egg.attachments) };
  if (egg.type === 'COMMENT')
    return { status: 201, body: addComment(portal, { ...words, by: appAuthor(call.grant.appId) }) };
  refuseActors(portal, egg);
  const by = { ...appAuthor(call.grant.appId), actorId: egg.senderActorId };
  return { status: 201, body: addReply(portal, { ...words, by }) };
};

const ACTORS: Record<string, string> = {
  A: 'AGENT',
  B: 'BOT',
  E: 'EMAIL',
  I: 'INTEGRATOR',
  L: 'LLM',
  S: 'SYSTEM',
  V: 'VISITOR',
};

/** The refusal that makes custom channels necessary: whoever is not an agent cannot speak here, and an agent cannot be spoken to. */
function refuseActors(portal: Portal, { senderActorId, recipients }: Message): void {
  const agents = recipients.flatMap(({ actorId }) => (actorId?.startsWith('A-') ? [actorId] : []));
  const receiving = agents.map((actorId) => unsupported(actorId, 'receiving'));
  if (!senderActorId.startsWith('A-'))
    throw invalid(
      unsupported(senderActorId, 'sending'),
      { message: 'Invalid actorId type', subCategory: 'ConversationsApiError.INVALID_ARGUMENT_TYPE' },
      ...receiving,
    );
  const [first, ...rest] = receiving;
  if (first) throw invalid(first, ...rest);
  if (!portal.agents.has(senderActorId))
    throw new HubSpotError(400, {
      message: `Sender actor ${senderActorId} not found`,
      context: { actorId: [senderActorId] },
      category: 'VALIDATION_ERROR',
      subCategory: 'ConversationsApiError.SENDER_AGENT_NOT_FOUND',
    });
}

const unsupported = (actorId: string, purpose: 'sending' | 'receiving') => ({
  message: `Actor type ${ACTORS[actorId.charAt(0)] ?? 'UNKNOWN'} is not supported for ${purpose}`,
  subCategory: 'ConversationsApiError.UNSUPPORTED_ACTOR_TYPE',
});
