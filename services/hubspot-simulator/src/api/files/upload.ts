import type { StoredFile } from '../../portal/file-store.ts';
import { addressOf, fullName, md5Of, storeFile } from '../../portal/file-store.ts';
import type { Portal } from '../../portal/portal.ts';
import type { Handler } from '../api-call.ts';
import { HubSpotError, invalid } from '../errors.ts';
import { Multipart } from './read-multipart.ts';
import type { UploadOptions } from './upload-options.ts';
import { readOptions } from './upload-options.ts';

const FIELDS = new Set(['options', 'folderPath', 'folderId', 'fileName', 'charsetHunch']);

/** POST files, multipart: 201 with the new file, or with the one that is there when the options ask for that. */
export const uploadFile: Handler = (portal, { body }) => {
  const form = Multipart.safeParse(body);
  if (!form.success)
    throw new HubSpotError(415, { message: 'Unsupported Media Type: the body is not multipart/form-data' });
  const { fields, file } = form.data;
  const unknown = Object.keys(fields).find((name) => !FIELDS.has(name));
  if (unknown !== undefined && portal.settings.validation === 'strict')
    throw invalid({ message: `Unrecognized field "${unknown}"`, in: unknown });
  if (!file) throw invalid({ message: 'Some required fields were not set: [file]', in: 'file' });
  const options = readOptions(fields.options);
  const folder = readFolder(fields);
  const name = named(fields.fileName, file.name);
  const same = duplicateOf(portal, { options, folder, md5: md5Of(file.content) });
  if (options.overwrite) removeNamed(portal, folder, name);
  if (same && options.duplicateValidationStrategy === 'REJECT')
    throw invalid({
      message: `A file with the same content exists: ${same.id}`,
      in: 'file',
      context: { id: [same.id] },
    });
  if (same && options.duplicateValidationStrategy === 'RETURN_EXISTING')
    return { status: 201, body: fileView(portal, same) };
  const stored = storeFile(
    portal,
    {
      name: options.overwrite ? name : freeName(portal, folder, name),
      contentType: file.contentType,
      content: file.content,
    },
    {
      folder,
      access: options.access,
      sourceGroup: 'CONTENT',
      expiresAt: options.ttlMs === undefined ? undefined : Date.now() + options.ttlMs,
      readsUntilReady: 0,
    },
  );
  return { status: 201, body: fileView(portal, stored) };
};

/** One of the two, and not both. */
function readFolder({ folderPath, folderId }: Record<string, string>): string {
  if ((folderPath === undefined) === (folderId === undefined))
    throw invalid({ message: "Either 'folderPath' or 'folderId' is required, and not both", in: 'folderPath' });
  return `/${(folderPath ?? folderId ?? '').replace(/^\/+|\/+$/g, '')}`;
}

/** A desired name without an extension gets that of the file. */
function named(desired: string | undefined, original: string): string {
  if (!desired) return original || 'file';
  const extension = /\.\w+$/.exec(original)?.[0] ?? '';
  return /\.\w+$/.test(desired) ? desired : desired + extension;
}

function duplicateOf(
  portal: Portal,
  { options, folder, md5 }: { readonly options: UploadOptions; readonly folder: string; readonly md5: string },
): StoredFile | undefined {
  if (options.duplicateValidationStrategy === 'NONE') return undefined;
  return [...portal.files.values()].find(
    (file) => file.md5 === md5 && (options.duplicateValidationScope === 'ENTIRE_PORTAL' || file.folder === folder),
  );
}

/** Without `overwrite` a second file of a name gets a number. */
function freeName(portal: Portal, folder: string, name: string): string {
  const taken = new Set([...portal.files.values()].filter((file) => file.folder === folder).map(fullName));
  const [, stem = name, extension = ''] = /^(.+?)(\.\w+)?$/.exec(name) ?? [];
  let free = name;
  for (let count = 1; taken.has(free); count++) free = `${stem}-${count}${extension}`;
  return free;
}

/** A file as the API shows it. */
export const fileView = (portal: Portal, file: StoredFile) => ({
  id: file.id,
  name: file.name,
  extension: file.extension,
  type: typeOf(file),
  size: file.content.length,
  path: `${file.folder === '/' ? '' : file.folder}/${fullName(file)}`,
  access: file.access,
  url: addressOf(portal, file),
  defaultHostingUrl: addressOf(portal, file),
  fileMd5: file.md5,
  encoding: file.extension || 'unknown',
  sourceGroup: file.sourceGroup,
  isUsableInContent: true,
  createdAt: file.createdAt,
  updatedAt: file.createdAt,
  expiresAt: file.expiresAt,
  archived: false,
});

export function typeOf({ contentType }: StoredFile): string {
  const [kind = ''] = contentType.split('/');
  const types: Record<string, string> = { image: 'IMG', audio: 'AUDIO', video: 'MOVIE', text: 'DOCUMENT' };
  return types[kind] ?? (contentType === 'application/pdf' ? 'DOCUMENT' : 'OTHER');
}

function removeNamed(portal: Portal, folder: string, name: string): void {
  for (const file of portal.files.values())
    if (file.folder === folder && fullName(file) === name) portal.files.delete(file.id);
}
