import type { Response as Answer, NextFunction, Request } from 'express';
import { z } from 'zod';

/** A multipart body: its texts, and its one file. */
export const Multipart = z.object({
  fields: z.record(z.string(), z.string()),
  file: z.object({ name: z.string(), contentType: z.string(), content: z.instanceof(Buffer) }).optional(),
});
export type Multipart = z.infer<typeof Multipart>;

/** Replaces the bytes of a multipart body by what they hold. What cannot be read stays bytes. */
export async function readMultipart(request: Request, _response: Answer, next: NextFunction): Promise<void> {
  if (Buffer.isBuffer(request.body)) request.body = (await read(request, request.body)) ?? request.body;
  next();
}

async function read(request: Request, bytes: Buffer): Promise<Multipart | undefined> {
  const headers = { 'content-type': request.get('content-type') ?? '' };
  const form = await new Response(new Uint8Array(bytes), { headers }).formData().catch(() => undefined);
  if (!form) return undefined;
  const texts = [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  const file = form.get('file');
  return {
    fields: Object.fromEntries(texts),
    file:
      file === null || typeof file === 'string'
        ? undefined
        : { name: file.name, contentType: file.type, content: Buffer.from(await file.arrayBuffer()) },
  };
}
