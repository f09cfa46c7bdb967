import express, { Router } from 'express';
import { z } from 'zod';
import type { Conversations } from '../bot/conversations.ts';
import type { Files } from '../bot/files.ts';
import { NotFound } from './problem.ts';

/** Parley takes no more of one file. */
const MOST_BYTES = 10_000_000;

const Upload = z.object({ name: z.string().max(200, 'The name of this file is too long') });
const ContentType = z
  .string()
  .regex(/^[\w.+-]+\/[\w.+-]+$/)
  .catch('application/octet-stream');
const Content = z.instanceof(Buffer).refine(({ length }) => length > 0, 'This file is empty');

interface FilesApiDeps {
  readonly conversations: Pick<Conversations, 'find'>;
  readonly files: Files;
}

/** POST /chat/{id}/files?name=…: one file, as the body. Answers with its id, by which a message takes it along. */
export function createUploads({ conversations, files }: FilesApiDeps): Router {
  const router = Router();
  router.post('/:id/files', express.raw({ type: () => true, limit: MOST_BYTES }), (request, response) => {
    if (!conversations.find(request.params.id)) throw new NotFound('no such conversation');
    const { name } = Upload.parse(request.query);
    const contentType = ContentType.parse(request.get('content-type'));
    const { id } = files.keep({ name: name || 'file', contentType, content: Content.parse(request.body) });
    response.status(201).json({ id });
  });
  return router;
}

/** GET /files/{id}: for Parley, and for the visitor. Whatever a stranger uploaded is downloaded and never run. */
export function createDownloads({ files }: Pick<FilesApiDeps, 'files'>): Router {
  const router = Router();
  router.get('/:id', (request, response) => {
    const file = files.find(request.params.id);
    if (!file) throw new NotFound('no such file, or it is forgotten');
    response.attachment(file.name).set('content-type', file.contentType).send(file.content);
  });
  return router;
}
