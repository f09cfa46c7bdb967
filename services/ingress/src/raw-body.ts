import express, { type Request, type RequestHandler } from 'express';

/** Bytes. A transcript of a thousand lines fits. */
export const MAX_BODY = 1_048_576;

/**
 * Reads the body as it came: signatures cover bytes, so nothing may decode or unpack them first. Every content type, so that
 * the answer to a wrong one is ours.
 */
export const readRawBody: RequestHandler = express.raw({ type: () => true, limit: MAX_BODY, inflate: false });

/** What {@link readRawBody} read; empty when there was no body. */
export function rawBodyOf(request: Request): Buffer {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
