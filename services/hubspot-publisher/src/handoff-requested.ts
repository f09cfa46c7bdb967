import type { FromBot } from '@parley/shared/contracts/event-from-bot';
import { handoffIdOf } from '@parley/shared/contracts/ids';
import { withNews } from '@parley/shared/contracts/visitor';
import { isHandedOff } from '@parley/shared/conversations/conversation';
import type { Conversations } from '@parley/shared/conversations/conversations';
import { RetryableError } from '@parley/shared/failures';
import { delivered, ignored, type Outcome } from '@parley/shared/queues/outcome';
import type { Attempt } from '@parley/shared/queues/turn';
import type { Comment } from './comment.ts';
import { introduce } from './contact-identity.ts';
import { type ContactParts, keepContact } from './keep-contact.ts';
import type { PublishWords } from './publish-words.ts';
import { type TellBotParts, tellBot } from './tell-bot.ts';
import { transcriptText } from './transcript.ts';

const OPENING = 'The visitor asked to speak with a person.';

export interface HandoffParts extends ContactParts, TellBotParts {
  readonly conversations: Pick<Conversations, 'find' | 'begin' | 'save'>;
  readonly comment: Comment;
  readonly publishWords: PublishWords;
}

/**
 * Begins a handoff: the contact, the record, the opening message with its thread, the transcript as a comment, the word to the
 * bot. The handoff's id follows from the event, so dying anywhere and starting over goes on with the same handoff.
 *
 * A request while the agents have the conversation goes into the standing handoff: its words must not be lost, and an
 * opening that failed before gets its thread this way.
 */
export async function requestHandoff(
  parts: HandoffParts,
  event: FromBot<'handoff.requested'>,
  { number: attempt }: Pick<Attempt, 'number'>,
): Promise<Outcome> {
  const { account, conversations, comment, publishWords } = parts;
  const key = { account, conversation: event.conversationId };
  const requested = { ...key, handoffId: handoffIdOf(account, event.id) };
  const before = await conversations.find(key);
  const isRepeat = before?.handoffId === requested.handoffId;
  if (isRepeat && !isHandedOff(before)) return ignored('this handoff is over');

  const handoff = isHandedOff(before) && before.handoffId ? { ...key, handoffId: before.handoffId } : requested;
  const visitor = withNews(before?.visitor, event.data.visitor);
  const { note, ...known } = await keepContact(parts, { visitor, before: before?.visitor, attempt });
  if (handoff !== requested) await conversations.save(handoff, known);
  else if (!(await conversations.begin(handoff, { ...known, before: before?.handoffId }))) {
    throw new RetryableError(`conversation ${event.conversationId} has moved on meanwhile`, { certain: true });
  }

  const conversation = await conversations.find(key);
  if (!conversation)
    throw new Error(`the record of conversation ${event.conversationId} vanished while it was handed off`);
  await publishWords({ handoff, conversation, eventId: event.id, text: event.data.text ?? OPENING });
  const text = transcriptText({ who: introduce(visitor, parts.identity), lines: event.data.transcript, note });
  await comment(handoff, { commentId: event.id, title: 'Handed over by the bot', text });
  await tellBot(parts, event, {
    type: 'handoff.accepted',
    data: { handoffId: handoff.handoffId, requestId: event.id },
  });
  return delivered;
}
