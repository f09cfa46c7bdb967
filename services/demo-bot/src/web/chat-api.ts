import { Router } from 'express';
import { z } from 'zod';
import type { Conversation } from '../bot/conversation.ts';
import type { Conversations } from '../bot/conversations.ts';
import type { Files } from '../bot/files.ts';
import { type Talk, withAgents } from '../bot/talk.ts';
import { streamUpdates } from './live-updates.ts';
import { NotFound, Refused } from './problem.ts';
import { VisitorForm } from './visitor-form.ts';

/** Of one message, as many as Parley takes. */
const MOST_FILES = 10;

const Words = z
  .object({
    text: z.string().trim().max(10_000, 'Please split this in two'),
    files: z.array(z.string()).max(MOST_FILES, `Please send at most ${MOST_FILES} files at once`).default([]),
  })
  .refine(({ text, files }) => text !== '' || files.length > 0, { path: ['text'], error: 'Write something first' });
const Read = z.object({ messageId: z.string().min(1) });

interface ChatApiDeps {
  readonly conversations: Conversations;
  readonly files: Pick<Files, 'find'>;
  readonly talk: Talk;
}

/** What the chat page calls. The conversation's id is the visitor's key; every answer but the first is empty, news come by the stream. */
export function createChatApi({ conversations, files, talk }: ChatApiDeps): Router {
  const router = Router();
  const known = (id: string): Conversation => {
    const conversation = conversations.find(id);
    if (!conversation) throw new NotFound('no such conversation: start a new one with POST /chat');
    return conversation;
  };
  const keptFile = (id: string) => {
    const file = files.find(id);
    if (!file) throw new Refused('files', 'A file is not here any more: please choose it again');
    return file;
  };

  router.post('/', (_request, response) => {
    response.status(201).json({ id: conversations.open().id });
  });
  router.get('/:id', (request, response) => {
    response.json({ id: known(request.params.id).id });
  });
  router.get('/:id/updates', (request, response) => streamUpdates(known(request.params.id), response));
  router.post('/:id/messages', (request, response) => {
    const conversation = known(request.params.id);
    const { text, files: ids } = Words.parse(request.body);
    if (ids.length > 0 && !withAgents(conversation)) throw new Refused('files', 'Only our team can open files');
    talk.say(conversation, text, ids.map(keptFile));
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
