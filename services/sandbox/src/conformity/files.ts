import { z } from 'zod';
import { binary, booleanText, integerText, list, type Operation, under } from './operation.ts';

/** The 2026-09 of this family has no upload. */
const FILES = ['/files/v3/files', '/files/2026-03/files'];
const FILE = under(FILES, '/{fileId}');

/** A part that is JSON in itself. HubSpot's files say nothing of its inside; this is its guide's. */
const Options = z.strictObject({
  access: z.enum(['PRIVATE', 'PUBLIC_INDEXABLE', 'PUBLIC_NOT_INDEXABLE']),
  ttl: z.string().optional(),
  overwrite: z.boolean().optional(),
  duplicateValidationStrategy: z.enum(['NONE', 'REJECT', 'RETURN_EXISTING']).optional(),
  duplicateValidationScope: z.enum(['ENTIRE_PORTAL', 'EXACT_FOLDER']).optional(),
});

const Upload = z
  .strictObject({
    file: binary,
    options: z
      .string()
      .refine(isOptions, 'must be JSON with access and, at most, ttl, overwrite, duplicateValidation…'),
    folderPath: z.string().optional(),
    folderId: z.string().optional(),
    fileName: z.string().optional(),
    charsetHunch: z.string().optional(),
  })
  .refine(
    ({ folderPath, folderId }) => (folderPath === undefined) !== (folderId === undefined),
    'must name its folder, once: by folderPath or by folderId',
  );

function isOptions(text: string): boolean {
  try {
    return Options.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

export const fileOperations: readonly Operation[] = [
  {
    name: 'upload a file',
    method: 'POST',
    paths: FILES,
    body: { contentType: 'multipart/form-data', schema: Upload },
  },
  {
    name: 'read a file',
    method: 'GET',
    paths: FILE,
    query: z.strictObject({ properties: list(z.string()) }).partial(),
  },
  {
    name: 'sign the address of a file',
    method: 'GET',
    paths: under(FILE, '/signed-url'),
    query: z
      .strictObject({
        expirationSeconds: integerText,
        size: z.enum(['icon', 'medium', 'preview', 'thumb']),
        upscale: booleanText,
      })
      .partial(),
  },
];
