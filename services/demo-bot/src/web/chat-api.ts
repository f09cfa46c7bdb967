import { Router } from 'express';
import { z } from 'zod';
import type { Conversation } from '../bot/conversation.ts';
import type { Conversations } from '../bot/conversations.ts';
import type { Talk } from '../bot/talk.ts';
import { streamUpdates } from './live-updates.ts';
import { NotFound } from './problem.ts';
import { VisitorForm } from './visitor-form.ts';

const Words = z.object({
  text: z.string().trim().min(1, 'Write something first').max(10_000, 'Please split this in two'),
});
const Read = z.object({ messageId: z.string().min(1) });

/** What the chat page calls. The conversation's id is the visitor's key; every answer but the first is empty, news come by the stream. */
export function createChatApi({ conversations, talk }: { conversations: Conversations; talk: Talk }): Router {
  const router = Router();
  const known = (id: string): Conversation => {
    const conversation = conversations.find(id);
    if (!conversation) throw new NotFound('no such conversation: start a new one with POST /chat');
    return conversation;
  };

  router.post('/', (_request, response) => {
    response.status(201).json({ id: conversations.open().id });
  });
  router.get('/:id', (request, response) => {
    response.json({ id: known(request.params.id).id });
  });
  router.get('/:id/updates', (request, response) => streamUpdates(known(request.params.id), response));
  router.post('/:id/messages', (request, response) => {
    talk.say(known(request.params.id), Words.parse(request.body).text);
    response.sendStatus(204);
  });
  router.post('/:id/handoff', (request, response) => {
    talk.requestAgent(known(request.params.id), VisitorForm.parse(request.body));
    response.sendStatus(204);
  });
  router.post('/:id/read', (request, response) => {
    talk.markRead(known(request.params.id), Read.parse(request.body).messageId);
    response.sendStatus(204);
  });
  router.post('/:id/end', (request, response) => {
    talk.end(known(request.params.id));
    response.sendStatus(204);
  });
  return router;
}
