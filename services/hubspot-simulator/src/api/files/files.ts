import { z } from 'zod';
import type { StoredFile } from '../../portal/file-store.ts';
import { fileOf, isReady, signedAddress } from '../../portal/file-store.ts';
import type { Portal } from '../../portal/portal.ts';
import type { Call, Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { notFound, parseBody } from '../errors.ts';
import { fileView, typeOf } from './upload.ts';

/** GET files/{fileId} */
export const getFile: Handler = (portal, call) => ok(fileView(portal, requireFile(portal, call)));

/** DELETE files/{fileId}, and its gdpr-delete: no address leads to it any more. */
export const deleteFile: Handler = (portal, call) => {
  portal.files.delete(requireFile(portal, call).id);
  portal.changes.emit();
  return { status: 204, body: undefined };
};

const Query = z.object({
  expirationSeconds: z.coerce.number().int().positive().optional(),
  size: z.enum(['icon', 'medium', 'preview', 'thumb']).optional(),
  upscale: z.enum(['true', 'false']).optional(),
});

/** GET files/{fileId}/signed-url: an address for anyone, for a time. Sizes are taken, and answered with the whole picture. */
export const signFile: Handler = (portal, call) => {
  const file = requireFile(portal, call);
  const { expirationSeconds = portal.settings.signedUrlSeconds } = parseBody(Query, Object.fromEntries(call.query));
  const expiresAt = Date.now() + expirationSeconds * 1_000;
  return ok({
    url: signedAddress(portal, file, expiresAt),
    expiresAt: new Date(expiresAt).toISOString(),
    name: file.name,
    extension: file.extension,
    type: typeOf(file),
    size: file.content.length,
  });
};

function requireFile(portal: Portal, { params }: Call): StoredFile {
  const id = params.fileId ?? '';
  const file = fileOf(portal, id);
  if (!file || !isReady(file)) throw notFound(`File ${id} not found`, { id: [id] });
  return file;
}
